// Condition variables whose moments the test decides. The functions of <pthread.h> that std::condition_variable stands on are replaced. The new
// ones do what POSIX promises and no more, but what it leaves open is for the test to say: which sleeper a notification wakes, how long a thread
// that was woken takes to be back at the mutex, how long one takes from its last look to its sleep, and whether it wakes for nothing. A machine
// may choose any of these on any day, so a right submission does not notice. One that needs no condition variable meets ordinary days.
//
// To be included by one source file of a test program, for the native engine: the sanitizers have replacements of their own.
#pragma once

#include <pthread.h>
#include <semaphore.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <ctime>
#include <mutex>
#include <vector>

namespace moments {

enum class Wakes { oldest, newest };
inline constexpr Wakes either[] = {Wakes::oldest, Wakes::newest};

class Gate {
 public:
  void close() { closed_ = 1; }
  void open() {
    closed_ = 0;
    closed_.notify_all();
  }
  void pass() const { closed_.wait(1); }

 private:
  std::atomic<int> closed_{0};
};

struct Sleeper {
  const void* on;
  sem_t woken;
};

inline std::mutex book;
inline std::vector<Sleeper*> asleep;  // guarded by book, oldest first
inline std::atomic<Wakes> whom{Wakes::oldest};
inline Gate to_sleep, to_mutex;
inline std::atomic<int> for_nothing{0};

// While it lives, notify_one wakes the sleeper that came first, or the one that came last.
class Order {
 public:
  explicit Order(Wakes which) { whom = which; }
  ~Order() { whom = Wakes::oldest; }
};

// Until it releases them, threads that were woken do not come back to their mutex.
class HoldWoken {
 public:
  HoldWoken() { to_mutex.close(); }
  ~HoldWoken() { release(); }
  void release() { to_mutex.open(); }
};

// Until it releases them, threads that have decided to sleep, and hold the mutex, do not get to sleep.
class HoldBeforeSleep {
 public:
  HoldBeforeSleep() { to_sleep.close(); }
  ~HoldBeforeSleep() { release(); }
  void release() { to_sleep.open(); }
};

// The next waits, so many of them, return at once although nobody notified.
class WakeForNothing {
 public:
  explicit WakeForNothing(int times) { for_nothing = times; }
  ~WakeForNothing() { for_nothing = 0; }
};

inline bool wakes_for_nothing() {
  int left = for_nothing;
  while (left > 0 && !for_nothing.compare_exchange_weak(left, left - 1)) continue;
  return left > 0;
}

inline int sleep_on(const void* condition, pthread_mutex_t* mutex, clockid_t clock, const timespec* until) {
  to_sleep.pass();
  if (wakes_for_nothing()) {
    pthread_mutex_unlock(mutex);
    return pthread_mutex_lock(mutex);
  }
  Sleeper self{condition, {}};
  sem_init(&self.woken, 0, 0);
  {
    const std::lock_guard lock(book);
    asleep.push_back(&self);
  }
  pthread_mutex_unlock(mutex);
  while ((until ? sem_clockwait(&self.woken, clock, until) : sem_wait(&self.woken)) != 0 && errno == EINTR) continue;
  bool timed_out = false;
  {
    const std::lock_guard lock(book);  // who woke us has let go of `self` then
    timed_out = std::erase(asleep, &self) > 0;
  }
  sem_destroy(&self.woken);
  if (!timed_out) to_mutex.pass();
  const int error = pthread_mutex_lock(mutex);
  return error == 0 && timed_out ? ETIMEDOUT : error;
}

inline void wake(const void* condition, bool all) {
  const std::lock_guard lock(book);
  std::vector<Sleeper*> chosen;
  std::copy_if(asleep.begin(), asleep.end(), std::back_inserter(chosen), [&](const Sleeper* one) { return one->on == condition; });
  if (!all && !chosen.empty()) chosen = {whom == Wakes::oldest ? chosen.front() : chosen.back()};
  for (Sleeper* one : chosen) {
    std::erase(asleep, one);
    sem_post(&one->woken);
  }
}

}  // namespace moments

extern "C" {

int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) { return moments::sleep_on(condition, mutex, CLOCK_REALTIME, nullptr); }

int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock, const timespec* until) {
  return moments::sleep_on(condition, mutex, clock, until);
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* until) {
  const bool monotonic = (condition->__data.__wrefs & 2) != 0;  // as pthread_cond_init of glibc notes it
  return moments::sleep_on(condition, mutex, monotonic ? CLOCK_MONOTONIC : CLOCK_REALTIME, until);
}

int pthread_cond_signal(pthread_cond_t* condition) noexcept {
  moments::wake(condition, false);
  return 0;
}

int pthread_cond_broadcast(pthread_cond_t* condition) noexcept {
  moments::wake(condition, true);
  return 0;
}

}  // extern "C"
