// Sleeps, yields, clocks, futexes, and what would end or signal the process.
#include <errno.h>
#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include <cstdarg>

#include "harness/inside/channel/raw_syscalls.hpp"
#include "harness/inside/lockstep/knowledge.hpp"
#include "harness/inside/lockstep/mutexes.hpp"
#include "harness/inside/lockstep/real.hpp"
#include "harness/inside/lockstep/virtual_clock.hpp"

using namespace lockstep::engine;

namespace {

std::uint64_t address_of(const void* object) { return reinterpret_cast<std::uint64_t>(object); }

// futex(2). Another value than expected is seen at once; else it waits until it is woken.
long wait_futex(std::uint32_t* word, std::uint32_t expected, std::int64_t deadline) {
  Condition& state = engine.futexes.at(address_of(word));
  reach({OpKind::futex_wait, address_of(word), 0, true, false});
  if (__atomic_load_n(word, __ATOMIC_RELAXED) != expected) {
    note(OpKind::futex_wait, address_of(word), 0, EAGAIN);
    errno = EAGAIN;
    return -1;
  }
  state.wait(self->id);
  note(OpKind::futex_wait, address_of(word));
  const Variant how = reach({OpKind::futex_wake_up, address_of(word), 0, true, false, deadline});
  const bool woken = state.notified(self->id);
  state.leave(self->id);
  ++engine.report->wake_ups;
  changed(!woken);
  note(OpKind::futex_wake_up, address_of(word), 0, woken || how != early_timeout ? 0 : ETIMEDOUT);
  if (woken || how != early_timeout) return 0;
  errno = ETIMEDOUT;
  return -1;
}

long wake_futex(std::uint32_t* word, std::uint32_t most) {
  Condition& state = engine.futexes.at(address_of(word));
  reach({OpKind::futex_wake, address_of(word), 0, true, false});
  long woken = 0;
  while (static_cast<std::uint32_t>(woken) < most && state.unnotified() > 0) {
    state.notify(most == 1 ? choose_value(state.unnotified(), 1) : 0);
    ++woken;
  }
  if (woken) changed();
  note(OpKind::futex_wake, address_of(word), 0, static_cast<std::uint64_t>(woken));
  return woken;
}

long controlled_futex(std::uint32_t* word, int operation, std::uint32_t value, const timespec* time) {
  const Inside inside;
  const clockid_t clock = operation & FUTEX_CLOCK_REALTIME ? CLOCK_REALTIME : CLOCK_MONOTONIC;
  switch (operation & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
      return wait_futex(word, value, time ? deadline_in(time) : no_deadline);
    case FUTEX_WAIT_BITSET:
      return wait_futex(word, value, time ? deadline_of(clock, time) : no_deadline);
    case FUTEX_WAKE:
    case FUTEX_WAKE_BITSET:
      return wake_futex(word, value);
    default:
      end_execution(Outcome::not_controlled, "uses a futex operation other than wait and wake");
  }
}

int sleep_for(const timespec* duration, timespec* rest) {
  if (!is_valid(duration) || duration->tv_sec < 0) return EINVAL;
  const Inside inside;
  sleep_until(deadline_in(duration));
  if (rest) *rest = {};
  return 0;
}

void give_way() {
  const Inside inside;
  reach({OpKind::yield, 0, 0, false, false});
  note(OpKind::yield);
}

}  // namespace

extern "C" {

// Variadic for its callers; six arguments in registers for all.
long syscall(long number, ...) noexcept {
  std::va_list list;
  va_start(list, number);
  long a[6];
  for (long& one : a) one = va_arg(list, long);
  va_end(list);
  if (controlled()) {
    if (number == SYS_futex) return controlled_futex(reinterpret_cast<std::uint32_t*>(a[0]), static_cast<int>(a[1]), static_cast<std::uint32_t>(a[2]), reinterpret_cast<const timespec*>(a[3]));
    if (number == SYS_sched_yield) {
      give_way();
      return 0;
    }
  }
  const long result = lockstep::raw::syscall6(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  if (result < 0 && result > -4096) {
    errno = static_cast<int>(-result);
    return -1;
  }
  return result;
}

int nanosleep(const timespec* duration, timespec* rest) {
  LOCKSTEP_REAL(nanosleep);
  if (!controlled()) return real_nanosleep(duration, rest);
  if (const int error = sleep_for(duration, rest)) {
    errno = error;
    return -1;
  }
  return 0;
}

int clock_nanosleep(clockid_t clock, int flags, const timespec* time, timespec* rest) {
  LOCKSTEP_REAL(clock_nanosleep);
  if (!controlled()) return real_clock_nanosleep(clock, flags, time, rest);
  if (!(flags & TIMER_ABSTIME)) return sleep_for(time, rest);
  if (!is_valid(time)) return EINVAL;
  const Inside inside;
  sleep_until(deadline_of(clock, time));
  return 0;
}

int usleep(useconds_t microseconds) {
  LOCKSTEP_REAL(usleep);
  if (!controlled()) return real_usleep(microseconds);
  const timespec duration{static_cast<time_t>(microseconds / 1'000'000), static_cast<long>(microseconds % 1'000'000) * 1000};
  sleep_for(&duration, nullptr);
  return 0;
}

unsigned sleep(unsigned seconds) {
  LOCKSTEP_REAL(sleep);
  if (!controlled()) return real_sleep(seconds);
  const timespec duration{static_cast<time_t>(seconds), 0};
  sleep_for(&duration, nullptr);
  return 0;
}

int thrd_sleep(const timespec* duration, timespec* rest) {
  LOCKSTEP_REAL(thrd_sleep);
  if (!controlled()) return real_thrd_sleep(duration, rest);
  return sleep_for(duration, rest) == 0 ? 0 : -2;
}

int sched_yield() noexcept {
  LOCKSTEP_REAL(sched_yield);
  if (!controlled()) return real_sched_yield();
  give_way();
  return 0;
}

void thrd_yield() {
  LOCKSTEP_REAL(thrd_yield);
  if (!controlled()) return real_thrd_yield();
  give_way();
}

int clock_gettime(clockid_t clock, timespec* to) noexcept {
  LOCKSTEP_REAL(clock_gettime);
  if (!controlled()) return real_clock_gettime(clock, to);
  const Inside inside;
  look_at_clock(clock, to);
  return 0;
}

int gettimeofday(timeval* __restrict to, void* __restrict zone) noexcept {
  LOCKSTEP_REAL(gettimeofday);
  if (!controlled()) return real_gettimeofday(to, zone);
  const Inside inside;
  timespec now;
  look_at_clock(CLOCK_REALTIME, &now);
  to->tv_sec = now.tv_sec;
  to->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t* to) noexcept {
  LOCKSTEP_REAL(time);
  if (!controlled()) return real_time(to);
  const Inside inside;
  timespec now;
  look_at_clock(CLOCK_REALTIME, &now);
  if (to) *to = now.tv_sec;
  return now.tv_sec;
}

int timespec_get(timespec* to, int base) noexcept {
  LOCKSTEP_REAL(timespec_get);
  if (!controlled() || base != TIME_UTC) return real_timespec_get(to, base);
  const Inside inside;
  look_at_clock(CLOCK_REALTIME, to);
  return base;
}

}  // extern "C"
