#include "harness/inside/lockstep/conditions.hpp"

#include <errno.h>
#include <string.h>

#include "harness/inside/lockstep/knowledge.hpp"
#include "harness/inside/lockstep/mutexes.hpp"

namespace lockstep::engine {
namespace {

constexpr int destroyed_byte = 0xff;  // whatever makes a new one there writes over it

std::uint64_t address_of(const void* object) { return reinterpret_cast<std::uint64_t>(object); }

void refuse_destroyed(const pthread_cond_t* condition) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(condition);
  for (std::size_t i = 0; i < sizeof *condition; ++i)
    if (bytes[i] != destroyed_byte) return;
  misuse("uses a condition variable that was destroyed", "after its destruction nothing is there to wait on");
}

}  // namespace

int wait_condition(pthread_cond_t* condition, pthread_mutex_t* mutex, std::int64_t deadline) {
  refuse_destroyed(condition);
  Condition& state = engine.conditions.at(address_of(condition));
  Mutex& held = mutex_at(mutex);
  reach({OpKind::cond_wait, address_of(condition), address_of(mutex)});
  if (held.owner != self->id) {
    if (held.kind != Mutex::Kind::normal) return EPERM;
    misuse("waits on a condition without holding its mutex", "the check of what is waited for and the wait must be one step, and only the mutex makes them one");
  }
  for (const Waiter& waiter : state.waiters)
    if (engine.tasks[waiter.task].pending.object2 != address_of(mutex) && engine.tasks[waiter.task].pending.kind == OpKind::cond_wake)
      misuse("waits on a condition with another mutex than those that wait there already", "all who wait on one condition must use the same mutex");
  const int count = give_up_mutex(mutex);
  state.wait(self->id);
  note(OpKind::cond_wait, address_of(condition), address_of(mutex));
  const Variant how = reach({OpKind::cond_wake, address_of(condition), address_of(mutex), true, true, deadline});
  const bool notified = state.notified(self->id);
  state.leave(self->id);
  take_back_mutex(mutex, count);
  const bool timed_out = how == early_timeout && !notified;
  if (notified) changed();
  note(OpKind::cond_wake, address_of(condition), address_of(mutex), timed_out ? ETIMEDOUT : 0, 0, nobody, how == spurious_wake ? 1 : 0);
  ++engine.report->wake_ups;
  return timed_out ? ETIMEDOUT : 0;
}

int notify_condition(pthread_cond_t* condition, bool all) {
  refuse_destroyed(condition);
  Condition& state = engine.conditions.at(address_of(condition));
  const OpKind kind = all ? OpKind::cond_broadcast : OpKind::cond_signal;
  reach({kind, address_of(condition), 0, true, false});
  int woken = nobody;
  const int waiting = state.unnotified();
  if (waiting == 0) {
    state.heard_by_nobody = engine.step;
  } else if (all) {
    while (state.unnotified() > 0) woken = state.notify(0);
    changed();
  } else {
    woken = state.notify(choose_value(waiting, 1));  // POSIX: at least one of them, whichever
    changed();
  }
  note(kind, address_of(condition), 0, static_cast<std::uint64_t>(waiting), 0, all && waiting != 1 ? nobody : woken);
  return 0;
}

int destroy_condition(pthread_cond_t* condition) {
  Condition& state = engine.conditions.at(address_of(condition));
  reach({OpKind::cond_destroy, address_of(condition), 0, true, false});
  if (state.unnotified() > 0) misuse("destroys a condition variable that a thread waits on", "that thread would wait on what no longer exists");
  note(OpKind::cond_destroy, address_of(condition));
  // Those who were notified before have not left yet: allowed, they only need the mutex now.
  if (state.waiters.empty()) state = Condition{};
  memset(condition, destroyed_byte, sizeof *condition);
  return 0;
}

}  // namespace lockstep::engine
