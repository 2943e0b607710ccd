// Fixtures for tests of threads. No function here sleeps for a guessed time: each waits for a state that the kernel reports. None of them orders
// memory between the threads that it runs or watches, beyond what starting, finishing and joining a thread do, so none hides a data race.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace lockstep::testkit {

// Runs every function on a thread of its own, all released at once from one start line, and joins them. Exceptions of the threads are
// rethrown here after the join (the first by position).
void together(std::vector<std::function<void()>> functions);

// together() with `count` threads; thread i calls function(i).
void together(std::size_t count, const std::function<void(std::size_t)>& function);

// A thread of the test whose state can be asked for. The destructor joins.
class Worker {
 public:
  explicit Worker(std::function<void()> function);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Returns true once the thread sleeps in the kernel inside a blocking call and stays there (same call, no context switch, over several
  // looks), false if it finished instead, or if it keeps using the processor (spins) without ever blocking.
  bool wait_until_blocked();

  // True if the thread finished; what it wrote may be read then. Returns false once it and every other thread of the process, but the caller,
  // sit in waits that only each other could end; so it may be asked of a thread that might hang, without a timeout. A test that expects
  // true thereby first says in words what did not happen; then joining the thread (the destructor) hangs for good, which the harness proves and
  // calls a deadlock. A wait for another process or a pipe proves nothing and is waited for.
  bool wait_until_finished();

  bool finished() const;
  void join();  // rethrows what the function threw

 private:
  struct State;
  std::shared_ptr<State> state_;
};

// What the other threads of this process did while the caller slept through `window`.
struct Idleness {
  double cpu_ms = 0;          // processor time of all other threads
  double starved_ms = 0;      // time for which they would have used a processor, and none was free
  long context_switches = 0;  // voluntary and involuntary, of all other threads
};
Idleness idleness_during(std::chrono::milliseconds window);

// Expects that the process' other threads, blocked by now, really sleep: at most `cpu_limit_ms` of processor time and at most
// `wakeup_limit` wake-ups during the window. A thread that polls with sleeps or yields is found by its wake-ups, whatever the load.
// Where the machine is so busy that they wanted to run but could not, it looks on until they have shown what they do. The failure is reported as a measurement, and as a failed expectation that says what was seen.
void expect_idle(std::chrono::milliseconds window = std::chrono::milliseconds(400), double cpu_limit_ms = 40, long wakeup_limit = 40);

// Plain data that only the exercise's own synchronisation orders. A ThreadSanitizer run reports unordered uses of it as a race of the
// student's (missing happens-before); other engines ignore it.
class Probe {
 public:
  void write() { ++value_; }
  long read() const { return value_; }

 private:
  long value_ = 0;
};

// How often a test should repeat its scenario: more under ThreadSanitizer, where each repetition is perturbed differently.
int repetitions(int under_native, int under_tsan);

}  // namespace lockstep::testkit
