// Stops a thread in the middle of a call, wherever it happens to be: between two instructions, with a lock or without. A scheduler may do
// that at any moment, so a right program has to bear it; here it is done often, and for as long as others need to come in between.
//
// Theory of operation. The thread makes the same call again and again. A signal takes it out of it, and the handler waits on a pipe until it is
// told to go on. Before the signal the thread makes at least one whole call, and the signal comes after a pause that has nothing to do with the
// calls, so it strikes inside of them rather than always at their end. While the thread stands still it may hold any lock of the bank: only
// Workers may use the bank then, and nobody may wait for them. When it has finished its call it rests, so that it is in nobody's way.
#pragma once

#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <functional>
#include <stdexcept>
#include <thread>
#include <utility>

#include "harness/inside/testkit/testkit.hpp"

class StoppedAnywhere {
 public:
  // One at a time: the handler of a signal belongs to the whole process.
  explicit StoppedAnywhere(std::function<void()> call) : call_(std::move(call)), before_(prepare()), worker_([this] { repeat(); }) {}

  ~StoppedAnywhere() {
    go_on();
    quit_ = true;
    rest(false);
    worker_.join();
    sigaction(SIGUSR1, &before_, nullptr);
    for (const int end : {stands_[0], stands_[1], go_on_[0], go_on_[1]}) close(end);
  }

  // Lets the thread make calls, and returns when it stands still in one. `round` varies the moment.
  void stop(int round) {
    const int seen = calls_;
    rest(false);
    calls_.wait(seen);
    std::this_thread::sleep_for(std::chrono::microseconds(100 + 37 * (round % 10)));
    pthread_kill(thread_, SIGUSR1);
    char byte;
    stopped_ = read(stands_[0], &byte, 1) == 1;
    worker_.wait_until_blocked();
  }

  // Lets it finish the call in which it stands. Rethrows what a call has thrown.
  void finish_call() {
    rest(true);
    go_on();
    rests_.wait(false);
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  static struct sigaction prepare() {
    if (pipe(stands_) != 0 || pipe(go_on_) != 0) throw std::runtime_error("no pipe to be had");
    struct sigaction action = {}, before = {};
    action.sa_handler = stand_still;
    action.sa_flags = SA_RESTART;
    sigaction(SIGUSR1, &action, &before);
    return before;
  }

  static void stand_still(int) {
    const int error = errno;
    char byte;
    if (write(stands_[1], "", 1) != 1 || read(go_on_[0], &byte, 1) != 1) std::abort();
    errno = error;
  }

  void go_on() {
    if (std::exchange(stopped_, false) && write(go_on_[1], "", 1) != 1) std::abort();
  }

  void rest(bool whether) {
    shall_rest_ = whether;
    shall_rest_.notify_all();
  }

  // Runs to the end even when a call has thrown, so that there is always somebody to be stopped.
  void repeat() {
    thread_ = pthread_self();
    for (;;) {
      if (shall_rest_) {
        rests_ = true;
        rests_.notify_all();
        shall_rest_.wait(true);
        rests_ = false;
      }
      if (quit_) return;
      try {
        if (!thrown_) call_();
      } catch (...) {
        thrown_ = std::current_exception();
      }
      ++calls_;
      calls_.notify_all();
    }
  }

  static inline int stands_[2], go_on_[2];  // for the handler
  const std::function<void()> call_;
  const struct sigaction before_;
  std::atomic<bool> quit_{false}, shall_rest_{true}, rests_{false};
  std::exception_ptr thrown_;  // read by others when the thread rests
  std::atomic<int> calls_{0};
  pthread_t thread_{};  // written before the first call is over
  bool stopped_ = false;
  lockstep::testkit::Worker worker_;  // last: its thread uses all of the above
};

// Whether there is time for another round. Who waits for a lock by trying again uses half a second of processor time until a Worker gives
// up looking at it, and the whole test has ten.
inline bool has_time_for(int round, int rounds) {
  timespec used = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return round < rounds && used.tv_sec < 2;
}
