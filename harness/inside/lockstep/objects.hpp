// The state machines of what programs wait for: plain values, tested without threads. Each says who may go on and what going on changes; when,
// the scheduler decides. POSIX.1-2017 is the source for the pthread objects, futex(2) for the futex.
#pragma once

#include <cstdint>

#include "harness/inside/lockstep/arena.hpp"
#include "harness/inside/lockstep/vector_clock.hpp"

namespace lockstep::engine {

inline constexpr int nobody = -1;

struct Mutex {
  enum class Kind : std::uint8_t { normal, recursive, error_checking };
  bool known = false;
  Kind kind = Kind::normal;
  bool robust = false;
  bool owner_died = false;       // a robust mutex whose owner ended
  bool not_recoverable = false;
  int owner = nobody;
  int count = 0;
  VectorClock released{};  // what is known to whoever locks next

  bool free_for(int task) const { return owner == nobody || (owner == task && kind == Kind::recursive); }
  // Locking oneself out: forever with a normal mutex, an error with an error-checking one.
  bool own_again(int task) const { return owner == task && kind != Kind::recursive; }
  void lock(int task) {
    owner = task;
    ++count;
  }
  // False: the caller does not hold it.
  bool unlock(int task) {
    if (owner != task) return false;
    if (--count == 0) owner = nobody;
    return true;
  }
};

struct ReadWriteLock {
  int writer = nobody;
  int readers[most_tasks] = {};  // how often each task holds it
  int reader_count = 0;
  VectorClock written{};  // released by the last writer
  VectorClock read{};     // released by readers since

  bool free_to_read(int) const { return writer == nobody; }
  bool free_to_write(int) const { return writer == nobody && reader_count == 0; }
  bool holds(int task) const { return writer == task || readers[task] > 0; }
  void read_lock(int task) {
    ++readers[task];
    ++reader_count;
  }
  void write_lock(int task) { writer = task; }
  bool unlock(int task) {
    if (writer == task) {
      writer = nobody;
      return true;
    }
    if (readers[task] == 0) return false;
    --readers[task];
    --reader_count;
    return true;
  }
};

struct Waiter {
  int task;
  bool notified;
};

struct Condition {
  Row<Waiter> waiters;          // in the order in which they came
  std::uint32_t heard_by_nobody = 0;  // step of the last notify that found no waiter; 0: none

  int unnotified() const {
    int count = 0;
    for (const Waiter& waiter : waiters) count += waiter.notified ? 0 : 1;
    return count;
  }
  bool notified(int task) const {
    for (const Waiter& waiter : waiters)
      if (waiter.task == task) return waiter.notified;
    return false;
  }
  void wait(int task) { waiters.push({task, false}); }
  // Notifies the `nth` of those not notified yet; its task, or nobody.
  int notify(int nth) {
    for (Waiter& waiter : waiters)
      if (!waiter.notified && nth-- == 0) {
        waiter.notified = true;
        return waiter.task;
      }
    return nobody;
  }
  void leave(int task) {
    for (std::uint32_t i = 0; i < waiters.size(); ++i)
      if (waiters[i].task == task) {
        waiters.remove(i);
        return;
      }
  }
};

struct Semaphore {
  bool known = false;
  std::uint64_t value = 0;
  VectorClock released{};
};

struct Barrier {
  std::uint32_t parties = 0;
  std::uint32_t arrived = 0;
  std::uint64_t phase = 0;
  VectorClock gathering{};  // of those that have arrived in this phase
  VectorClock gathered{};   // of the last complete phase

  // True: the last one; the phase is complete.
  bool arrive() {
    if (++arrived < parties) return false;
    arrived = 0;
    ++phase;
    return true;
  }
};

struct Once {
  enum class State : std::uint8_t { untouched, running, done };
  State state = State::untouched;
  int runner = nobody;
  VectorClock released{};
};

}  // namespace lockstep::engine
