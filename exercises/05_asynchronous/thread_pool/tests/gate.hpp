// Holds tasks where they are, so that a test decides what happens meanwhile.
#pragma once

#include <atomic>
#include <latch>

#include "harness/inside/testkit/testkit.hpp"
#include "thread_pool.hpp"

// Who passes stays until the gate is opened.
class Gate {
 public:
  void pass() {
    ++inside_;
    inside_.notify_all();
    open_.wait(false);
    --inside_;
  }

  // Returns when somebody is held here.
  void wait_for_somebody() { inside_.wait(0); }

  int inside() const { return inside_; }

  void open() {
    open_ = true;
    open_.notify_all();
  }

 private:
  std::atomic<int> inside_{0};
  std::atomic<bool> open_{false};
};

// A task that stays at the gate and then gives `value`.
inline std::function<pdc::ThreadPool::Value()> through(Gate& gate, pdc::ThreadPool::Value value) {
  return [&gate, value] {
    gate.pass();
    return value;
  };
}

// Opens a gate at the end of the scope: a test that is left by an exception would otherwise wait for ever for the tasks that it holds.
class OpensAtEnd {
 public:
  explicit OpensAtEnd(Gate& gate) : gate_(gate) {}
  ~OpensAtEnd() { gate_.open(); }
  OpensAtEnd(const OpensAtEnd&) = delete;
  OpensAtEnd& operator=(const OpensAtEnd&) = delete;

 private:
  Gate& gate_;
};

// Returns when all other threads of the program sleep, or have had plenty of time to.
inline void wait_until_all_rest() {
  std::latch end(1);
  lockstep::testkit::Worker sleeper([&] { end.wait(); });
  sleeper.wait_until_blocked();
  end.count_down();
}

// False if the call has returned; rethrows what it threw.
inline bool still_waits(lockstep::testkit::Worker& worker) {
  worker.wait_until_blocked();
  if (!worker.finished()) return true;
  worker.join();
  return false;
}
