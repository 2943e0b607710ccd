// Who goes next (engine.hpp has the theory). Spinning is kept fair under every strategy: who only looks, again and again, lets others go first
// until something has changed (Musuvathi and Qadeer, Fair stateless model checking, PLDI 2008).
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "harness/inside/channel/raw_syscalls.hpp"
#include "harness/inside/lockstep/engine.hpp"
#include "harness/inside/lockstep/strategies.hpp"
#include "harness/inside/lockstep/waiting.hpp"

namespace lockstep::engine {

Engine engine;
thread_local Task* self __attribute__((tls_model("initial-exec"))) = nullptr;

namespace {

constexpr std::uint32_t looks_before_yield = 48;  // libstdc++ looks and yields 20 times before it sleeps, and must get there
constexpr std::uint32_t polling_rounds = 200;       // of nothing but looks, until time passes in jumps
constexpr std::uint32_t livelock_rounds = 10'000;  // a counting loop over an atomic has fewer
constexpr std::uint32_t early_wakes_per_execution = 3;
constexpr std::uint64_t polling_jump_ns = 1'000'000;

long futex(std::uint32_t* word, int op, std::uint32_t value) { return raw::call(SYS_futex, word, op, value, 0); }

void wait_for_baton(Task& task) {
  while (__atomic_load_n(&task.baton, __ATOMIC_ACQUIRE) == 0) futex(&task.baton, FUTEX_WAIT_PRIVATE, 0);
  __atomic_store_n(&task.baton, 0, __ATOMIC_RELAXED);
}

void give_baton(Task& task) {
  __atomic_store_n(&task.baton, 1, __ATOMIC_RELEASE);
  futex(&task.baton, FUTEX_WAKE_PRIVATE, 1);
}

bool waits_for_notify(const Task& task) { return task.pending.kind == OpKind::cond_wake && readiness(task, engine.now_ns) == Ready::no && could_wake(task); }

// The earliest timer of those who cannot go on.
bool next_timer(std::uint64_t& when) {
  bool found = false;
  for (int i = 0; i < engine.task_count; ++i) {
    const Task& task = engine.tasks[i];
    if (!task.exists || task.finished || task.pending.deadline == no_deadline) continue;
    const auto due = static_cast<std::uint64_t>(task.pending.deadline);
    if (due <= engine.now_ns) continue;
    if (!found || due < when) when = due;
    found = true;
  }
  return found;
}

void write_log(DecisionKind kind, const Choice* choices, int count, int chosen) {
  Report& report = *engine.report;
  const std::uint32_t words = 4u * (1 + (kind == DecisionKind::schedule ? static_cast<std::uint32_t>(count) : 0));
  ++report.decisions;
  if (report.log_used + words > log_words) {
    ++report.log_cut;
    return;
  }
  auto* head = reinterpret_cast<Decision*>(report.log + report.log_used);
  *head = {kind, 0, static_cast<std::uint16_t>(count), static_cast<std::uint16_t>(chosen), 0, engine.asleep};
  if (kind == DecisionKind::schedule) {
    auto* candidates = reinterpret_cast<Candidate*>(head + 1);
    for (int i = 0; i < count; ++i)
      candidates[i] = {static_cast<std::uint8_t>(choices[i].task->id), choices[i].variant, choices[i].cost, 0, footprint_of(choices[i].task->pending)};
  }
  report.log_used += words;
}

// The number of the next decision's choice, given or by strategy.
int decide(DecisionKind kind, const Choice* choices, int count, int strategys) {
  Order& order = *engine.order;
  const std::uint32_t number = engine.decision++;
  int chosen = strategys;
  if (number < order.choice_count) {
    chosen = order.choices[number];
    if (chosen >= count) chosen = 0;
  }
  if (order.strategy == Strategy::sleep_sets && number == order.sleep_at) {
    engine.sleeping_sets = true;
    engine.asleep = order.sleep_mask;
  }
  write_log(kind, choices, count, chosen);
  return chosen;
}

bool slept(const Choice& choice) { return engine.sleeping_sets && choice.variant == ordinary && (engine.asleep >> choice.task->id & 1); }

void run_sleep_set(const Task& chosen) {
  if (!engine.sleeping_sets) return;
  const Footprint done = footprint_of(chosen.pending);
  for (int i = 0; i < engine.task_count; ++i)
    if ((engine.asleep >> i & 1) && (i == chosen.id || dependent(footprint_of(engine.tasks[i].pending), done))) engine.asleep &= ~(1ull << i);
}

// Everybody who can run only looks again and again. Somebody's turn anyway, in a circle.
Choice next_of_spinners(Choice* choices, int count) {
  Report& report = *engine.report;
  ++report.spin_steps;
  if (++engine.quiet_rounds > polling_rounds) {
    std::uint64_t when = 0;
    if (next_timer(when)) {
      engine.now_ns = when;
      engine.quiet_rounds = 0;
    } else {
      bool watches_clock = false;
      for (int i = 0; i < count; ++i) watches_clock |= choices[i].task->pending.kind == OpKind::clock_read || choices[i].task->looked_at_clock;
      if (!watches_clock && engine.quiet_rounds > livelock_rounds) {
        capture_ends();
        end_execution(Outcome::livelock, "every task that can run only looks, again and again, at something that nobody is left to change");
      }
      if (watches_clock) engine.now_ns += polling_jump_ns;
    }
  }
  int best = 0;
  for (int i = 1; i < count; ++i)
    if (choices[i].task->last_ran < choices[best].task->last_ran) best = i;
  return choices[best];
}

// The first task ended by pthread_exit, and now the last one has ended too.
bool nobody_left() {
  for (int i = 0; i < engine.task_count; ++i)
    if (engine.tasks[i].exists && !engine.tasks[i].finished) return false;
  return true;
}

[[noreturn]] void end_deadlocked() {
  capture_ends();
  end_execution(Outcome::deadlock, "nobody can go on");
}

// All wait, and the next timer is due at `when`. A wait with a time limit may end for nothing before that; then the clock stands still. Nothing if none
// can. A wait without a limit may not: it need not end for nothing, so it would only hide a deadlock.
int early_or_in_time(Choice* choices, std::uint64_t when) {
  if (!engine.order->spurious || engine.early >= early_wakes_per_execution) return 0;
  int count = 0;
  const auto add = [&](Variant variant, std::uint8_t cost, auto&& wanted) {
    for (int i = 0; i < engine.task_count; ++i) {
      Task& task = engine.tasks[i];
      if (task.exists && !task.finished && task.pending.deadline != no_deadline && could_wake(task) && wanted(task)) choices[count++] = {&task, variant, cost};
    }
  };
  add(early_timeout, 0, [&](const Task& task) { return static_cast<std::uint64_t>(task.pending.deadline) == when; });
  const int in_time = count;
  add(spurious_wake, 1, [](const Task& task) { return waits_for_notify(task); });
  return in_time == 0 || count == in_time ? 0 : count;
}

Choice pick(Task& me) {
  Order& order = *engine.order;
  Choice choices[most_tasks * 2];
  for (;;) {
    int count = 0, ready = 0, awake = 0;
    std::uint32_t active = 0;
    for (int i = 0; i < engine.task_count; ++i) {
      Task& task = engine.tasks[i];
      if (!task.exists || task.finished) continue;
      const Ready how = readiness(task, engine.now_ns);
      if (how != Ready::no || task.pending.kind == OpKind::wake) ++active;
      if (how == Ready::no) continue;
      ++ready;
      if (!task.yielded) ++awake;
      choices[count++] = {&task, how == Ready::timed_out ? early_timeout : ordinary, 0};
    }
    if (active > engine.report->most_active) engine.report->most_active = active;
    if (ready > 0 && awake == 0) {
      const Choice spinner = next_of_spinners(choices, count);
      if (slept(spinner)) end_execution(Outcome::pruned, "");
      return spinner;
    }
    if (awake > 0 && awake < ready) {  // those who only look wait until the others have had their turn
      int kept = 0;
      for (int i = 0; i < count; ++i)
        if (!choices[i].task->yielded) choices[kept++] = choices[i];
      count = kept;
    }
    const bool me_first = !me.finished && !me.yielded && !me.gives_way && readiness(me, engine.now_ns) != Ready::no;
    // The default stands first: this task if it can go on, else the next one in a circle.
    int first = 0;
    for (int i = 0; i < count; ++i)
      if (choices[i].task == &me ? me_first : (!me_first && choices[i].task->id > me.id)) {
        first = i;
        break;
      }
    if (count > 1) {
      const Choice default_choice = choices[first];
      for (int i = first; i > 0; --i) choices[i] = choices[i - 1];
      choices[0] = default_choice;
      if (me_first)
        for (int i = 1; i < count; ++i) choices[i].cost = 1;
    }
    // What may happen for nothing, or earlier than its time.
    const bool quiet = count == 0;
    for (int i = 0; i < engine.task_count; ++i) {
      Task& task = engine.tasks[i];
      if (!task.exists || task.finished || readiness(task, engine.now_ns) != Ready::no || !could_wake(task)) continue;
      const bool timed = task.pending.deadline != no_deadline;
      if (timed && order.time == TimePolicy::adversarial && (quiet || engine.early < early_wakes_per_execution))
        choices[count++] = {&task, early_timeout, static_cast<std::uint8_t>(quiet ? 0 : 1)};
      else if (order.spurious && waits_for_notify(task) && !quiet && engine.early < early_wakes_per_execution)
        choices[count++] = {&task, spurious_wake, 1};
    }
    if (count == 0) {
      std::uint64_t when = 0;
      if (!next_timer(when)) nobody_left() ? end_execution(Outcome::passed, "") : end_deadlocked();
      count = early_or_in_time(choices, when);
      if (count == 0) {
        engine.now_ns = when;
        continue;
      }
    }
    int chosen = 0;
    if (count > 1) {
      int strategys = 0;
      if (order.strategy == Strategy::sleep_sets && engine.sleeping_sets && engine.decision >= order.choice_count) {
        while (strategys < count && slept(choices[strategys])) ++strategys;
        if (strategys == count) end_execution(Outcome::pruned, "");
      } else if (engine.decision >= order.choice_count) {
        strategys = by_strategy(choices, count);
      }
      chosen = decide(DecisionKind::schedule, choices, count, strategys);
    } else if (slept(choices[0])) {
      end_execution(Outcome::pruned, "");
    }
    if (choices[chosen].variant == spurious_wake || (choices[chosen].variant == early_timeout && !quiet)) ++engine.early;
    engine.report->preemptions += choices[chosen].cost;
    return choices[chosen];
  }
}

void redraw_conflicting(const Task& chosen) {
  if (engine.order->strategy != Strategy::pos) return;
  const Footprint done = footprint_of(chosen.pending);
  for (int i = 0; i < engine.task_count; ++i) {
    Task& task = engine.tasks[i];
    if (&task == &chosen || dependent(footprint_of(task.pending), done)) task.op_priority = draw();
  }
}

// The choice is made; it becomes the running task.
void begin_step(const Choice& choice, Task& before) {
  Task& next = *choice.task;
  if (choice.variant != ordinary && next.pending.deadline != no_deadline && choice.variant == early_timeout) {
    const auto due = static_cast<std::uint64_t>(next.pending.deadline);
    if (due > engine.now_ns) engine.now_ns = due;
  }
  next.timed_out = choice.variant;
  run_sleep_set(next);
  redraw_conflicting(next);
  next.yielded = false;
  next.last_ran = ++engine.step;
  engine.report->steps = engine.step;
  if (&next != &before) ++engine.report->switches;
  for (std::uint32_t point : engine.change_points)
    if (point == engine.step) next.priority = engine.lowest_priority--;
  engine.running = &next;
  if (engine.step > engine.order->step_limit) {
    capture_ends();
    if (engine.step - engine.progress > livelock_rounds) end_execution(Outcome::no_progress, "every task only waits, looks and locks, again and again, and nothing comes of it");
    end_execution(Outcome::too_long, "takes more steps than the engine looks at, without coming to an end");
  }
  if (engine.order->stop_at_step && engine.step == engine.order->stop_at_step) __builtin_trap();
}

}  // namespace

void progressed() { engine.progress = engine.step; }

void changed(bool passing) {
  if (!passing) progressed();
  engine.quiet_rounds = 0;
  if (self) self->idle_steps = 0;
  for (int i = 0; i < engine.task_count; ++i)
    if (&engine.tasks[i] != self) {
      engine.tasks[i].yielded = false;
      engine.tasks[i].idle_steps = 0;
    }
}

Variant reach(const Operation& op) {
  Task& me = *self;
  me.pending = op;
  me.plain_accesses = 0;
  me.timed_out = ordinary;
  if (op.kind == OpKind::clock_read) me.looked_at_clock = true;
  if (engine.order->explain) {
    if (!me.frames) me.frames = static_cast<Frames*>(arena_take(sizeof(Frames)));
    capture_stack(*me.frames);
  }
  me.gives_way = op.kind == OpKind::yield;
  if (op.kind == OpKind::long_run || ++me.idle_steps > looks_before_yield) me.yielded = true;
  if (readiness(me, engine.now_ns) == Ready::no) refuse_cycle(me);
  const Choice choice = pick(me);
  begin_step(choice, me);
  if (choice.task != &me) {
    give_baton(*choice.task);
    wait_for_baton(me);
  }
  return static_cast<Variant>(me.timed_out);
}

int choose_value(int count, int cost) {
  if (count <= 1) return 0;
  Choice unused[1] = {};
  int strategys = 0;
  const Strategy strategy = engine.order->strategy;
  if (engine.decision >= engine.order->choice_count && (strategy == Strategy::random || strategy == Strategy::pct || strategy == Strategy::pos) && draw() % 2)
    strategys = static_cast<int>(draw() % static_cast<unsigned>(count));
  const int chosen = decide(DecisionKind::value, unused, count, strategys);
  if (chosen > 0) engine.report->preemptions += static_cast<unsigned>(cost);
  return chosen;
}

Task* make_task() {
  if (engine.task_count == most_tasks) return nullptr;
  Task& task = engine.tasks[engine.task_count];
  task.id = engine.task_count++;
  task.exists = true;
  task.inside = true;
  task.priority = (1ull << 32) + (draw() >> 32);
  task.op_priority = draw();
  task.pending = {OpKind::start, object_of_task(task.id), 0, false, false};
  if (self) {
    task.clock = self->clock;
    task.sc_floor = self->sc_floor;
    ++self->clock.at[self->id];
  }
  task.clock.at[task.id] = 1;
  return &task;
}

void begin_execution() {
  Order& order = *engine.order;
  engine.random = order.seed * 0x9e3779b97f4a7c15ull | 1;
  for (int i = 0; i < 4; ++i) draw();
  engine.sleeping_sets = order.strategy == Strategy::sleep_sets && order.sleep_at == 0xffffffff;
  if (order.strategy == Strategy::pct)
    for (int i = 0; i + 1 < order.depth && i < 8; ++i) engine.change_points[i] = 1 + static_cast<std::uint32_t>(draw() % (order.expected_steps + 1));
  Task* main = make_task();
  main->handle = pthread_self();
  main->stack_end = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  self = main;
  engine.running = main;
  engine.active = true;
  main->inside = false;
}

void leave_for_good() {
  Task& me = *self;
  const Choice choice = pick(me);
  begin_step(choice, me);
  give_baton(*choice.task);
}

void wait_for_turn(Task& task) { wait_for_baton(task); }

}  // namespace lockstep::engine
