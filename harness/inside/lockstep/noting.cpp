// What an execution leaves behind: its events, its end, the stacks. Everything goes into the shared mapping at once, so a crash loses nothing.
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <unwind.h>

#include "harness/inside/lockstep/engine.hpp"
#include "harness/inside/lockstep/waiting.hpp"

namespace lockstep::engine {
namespace {

struct Walk {
  Frames* frames;
};

_Unwind_Reason_Code visit(_Unwind_Context* context, void* to) {
  Frames& frames = *static_cast<Walk*>(to)->frames;
  int before = 0;
  const std::uintptr_t pc = _Unwind_GetIPInfo(context, &before);
  if (pc == 0) return _URC_END_OF_STACK;
  frames.pc[frames.count++] = before ? pc : pc - 1;
  return frames.count < most_frames ? _URC_NO_REASON : _URC_END_OF_STACK;
}

void mix(std::uint64_t& hash, std::uint64_t value) {  // FNV-1a, by words
  hash = (hash ^ value) * 0x100000001b3ull;
}

void copy_text(char* to, const char* from) {
  strncpy(to, from, text_bytes - 1);
  to[text_bytes - 1] = 0;
}

}  // namespace

void capture_stack(Frames& frames) {
  frames.count = 0;
  Walk walk{&frames};
  _Unwind_Backtrace(visit, &walk);
}

void note(OpKind kind, std::uint64_t object, std::uint64_t object2, std::uint64_t value, std::uint64_t value2, int other, std::uint32_t flags) {
  Report& report = *engine.report;
  mix(report.hash, static_cast<std::uint64_t>(kind) << 32 | static_cast<std::uint64_t>(self->id) << 16 | self->timed_out);
  mix(report.hash, value);
  if (!engine.order->explain || report.event_count >= most_events) return;
  Event& event = report.events[report.event_count++];
  event.step = engine.step;
  event.task = static_cast<std::uint8_t>(self->id);
  event.kind = static_cast<std::uint8_t>(kind);
  event.variant = self->timed_out;
  event.other = other;
  event.flags = flags;
  event.object = object;
  event.object2 = object2;
  event.value = value;
  event.value2 = value2;
  event.time_ns = engine.now_ns;
  if (self->frames)
    event.frames = *self->frames;
  else
    event.frames.count = 0;
}

void capture_ends() {
  Report& report = *engine.report;
  report.tasks = static_cast<std::uint8_t>(engine.task_count);
  for (int i = 0; i < engine.task_count; ++i) {
    const Task& task = engine.tasks[i];
    TaskEnd& end = report.ends[i];
    end.state = task.finished ? 3 : readiness(task, engine.now_ns) == Ready::no ? 1 : 2;
    end.kind = static_cast<std::uint8_t>(task.pending.kind);
    end.owner = static_cast<std::int16_t>(end.state == 1 ? holder_of(task) : nobody);
    end.object = task.pending.object;
    end.object2 = task.pending.object2;
    memcpy(end.name, task.name, sizeof end.name);
    if (task.frames)
      end.frames = *task.frames;
    else
      end.frames.count = 0;
  }
}

void end_execution(Outcome outcome, const char* text, const char* detail, int code) {
  Report& report = *engine.report;
  engine.ended = true;
  if (self) {
    self->inside = true;
    report.culprit = static_cast<std::uint8_t>(self->id);
  }
  report.code = code;
  copy_text(report.text, text);
  copy_text(report.detail, detail);
  report.makespan_ns = engine.now_ns;
  report.tasks = static_cast<std::uint8_t>(engine.task_count);
  if (engine.order->explain) capture_stack(report.where);
  report.outcome = outcome;
  if (engine.order->stop_at_end) __builtin_trap();
  ::syscall(SYS_exit_group, 0);
  __builtin_unreachable();
}

}  // namespace lockstep::engine
