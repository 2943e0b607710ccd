// The visible operations of a program: what the scheduler decides the order of.
#pragma once

#include <cstdint>

#include "harness/inside/lockstep/exchange.hpp"

namespace lockstep::engine {

enum class OpKind : std::uint8_t {
  none,
  start,           // a task's first step
  create,          // object: the new task
  finish,          // object: the task itself
  join,            // object: the task waited for
  try_join,
  detach,
  mutex_lock,
  mutex_try_lock,
  mutex_unlock,
  mutex_destroy,
  cond_wait,       // gives the mutex up and begins to wait. object: the condition, object2: the mutex
  cond_wake,       // ends the wait: notified (or timed out), and the mutex is free
  cond_signal,
  cond_broadcast,
  cond_destroy,
  read_lock,
  write_lock,
  try_read_lock,
  try_write_lock,
  rw_unlock,
  barrier_arrive,
  barrier_leave,
  sem_wait,
  sem_try_wait,
  sem_post,
  once_enter,
  once_leave,
  guard_enter,     // of a static local
  guard_leave,
  futex_wait,      // begins to wait (or sees another value)
  futex_wake_up,   // ends the wait
  futex_wake,
  sleep,           // begins
  wake,            // ends
  yield,
  clock_read,
  atomic_load,
  atomic_store,
  atomic_exchange,
  atomic_update,   // a fetch-and-modify
  atomic_cas,
  fence,
  pipe_read,
  pipe_write,
  pipe_close,
  pipe_try,        // a read or write of a descriptor that never waits
  poll,
  long_run,        // many plain accesses without a visible operation: gives the others a turn
  count_of_kinds,
};

inline constexpr std::int64_t no_deadline = -1;
inline constexpr std::int64_t due_now = 0;

enum Variant : std::uint8_t { ordinary, early_timeout, spurious_wake };

struct Operation {
  OpKind kind = OpKind::none;
  std::uint64_t object = 0;
  std::uint64_t object2 = 0;
  bool writes = true;    // object
  bool writes2 = true;   // object2
  std::int64_t deadline = no_deadline;  // virtual nanoseconds; after it the operation can always go on
  std::uint64_t value = 0;
};

// Objects that stand for something without an address.
inline constexpr std::uint64_t clock_object = 2;
inline constexpr std::uint64_t fence_object = 3;
constexpr std::uint64_t object_of_task(int task) { return 16 + static_cast<std::uint64_t>(task); }

constexpr std::uint32_t folded(std::uint64_t address) { return static_cast<std::uint32_t>(address ^ (address >> 32) * 0x9e3779b9u); }

constexpr Footprint footprint_of(const Operation& op) {
  Footprint f{};
  f.object[0] = folded(op.object);
  f.object[1] = folded(op.object2);
  f.write[0] = op.writes;
  f.write[1] = op.writes2;
  f.kind = static_cast<std::uint8_t>(op.kind);
  return f;
}

// Two operations of different tasks whose order matters (Godefroid 1996): both touch one object, and one of them changes it.
constexpr bool dependent(const Footprint& a, const Footprint& b) {
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j)
      if (a.object[i] && a.object[i] == b.object[j] && (a.write[i] || b.write[j])) return true;
  return false;
}

}  // namespace lockstep::engine
