// pthread mutexes, conditions and spin locks, and those of C11, as the program calls them.
#include <errno.h>
#include <pthread.h>
#include <threads.h>
#include <time.h>

#include "harness/inside/lockstep/conditions.hpp"
#include "harness/inside/lockstep/mutexes.hpp"
#include "harness/inside/lockstep/own_code.hpp"
#include "harness/inside/lockstep/real.hpp"
#include "harness/inside/lockstep/virtual_clock.hpp"
#include "harness/inside/testkit/c11_threads.hpp"

using namespace lockstep::engine;
using lockstep::testkit::c11_result;
using lockstep::testkit::pthreads;

namespace {

// glibc keeps the clock of a condition in a flag (nptl/pthread_cond_common.c).
clockid_t clock_of(const pthread_cond_t* condition) { return condition->__data.__wrefs & 2 ? CLOCK_MONOTONIC : CLOCK_REALTIME; }

pthread_mutex_t* as_mutex(pthread_spinlock_t* lock) { return reinterpret_cast<pthread_mutex_t*>(const_cast<int*>(lock)); }

// A spin lock is a mutex whose waiters burn steps; here they wait like others. Its word says nothing of a kind.
Mutex& spin_state(pthread_spinlock_t* lock) {
  Mutex& state = engine.mutexes.at(reinterpret_cast<std::uint64_t>(lock));
  state.known = true;
  return state;
}

}  // namespace

// GoogleTest locks its own books; no task is ever stopped inside it, so its locks are always free and decide nothing.
#define HERE reinterpret_cast<std::uintptr_t>(__builtin_return_address(0))

extern "C" {

int pthread_mutex_init(pthread_mutex_t* mutex, const pthread_mutexattr_t* attributes) noexcept {
  LOCKSTEP_REAL(pthread_mutex_init);
  const int result = real_pthread_mutex_init(mutex, attributes);
  if (controlled() && result == 0) {
    const Inside inside;
    forget_mutex(mutex);
  }
  return result;
}

int pthread_mutex_destroy(pthread_mutex_t* mutex) noexcept {
  LOCKSTEP_REAL(pthread_mutex_destroy);
  if (!controlled()) return real_pthread_mutex_destroy(mutex);
  const Inside inside;
  return destroy_mutex(mutex);
}

int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  LOCKSTEP_REAL(pthread_mutex_lock);
  if (!controlled() || in_test_framework(HERE)) return real_pthread_mutex_lock(mutex);
  const Inside inside;
  return lock_mutex(mutex, no_deadline);
}

int pthread_mutex_trylock(pthread_mutex_t* mutex) noexcept {
  LOCKSTEP_REAL(pthread_mutex_trylock);
  if (!controlled() || in_test_framework(HERE)) return real_pthread_mutex_trylock(mutex);
  const Inside inside;
  return try_lock_mutex(mutex);
}

int pthread_mutex_timedlock(pthread_mutex_t* mutex, const timespec* when) noexcept {
  LOCKSTEP_REAL(pthread_mutex_timedlock);
  if (!controlled()) return real_pthread_mutex_timedlock(mutex, when);
  const Inside inside;
  return is_valid(when) ? lock_mutex(mutex, deadline_of(CLOCK_REALTIME, when)) : EINVAL;
}

int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock, const timespec* when) noexcept {
  LOCKSTEP_REAL(pthread_mutex_clocklock);
  if (!controlled()) return real_pthread_mutex_clocklock(mutex, clock, when);
  const Inside inside;
  return is_valid(when) ? lock_mutex(mutex, deadline_of(clock, when)) : EINVAL;
}

int pthread_mutex_unlock(pthread_mutex_t* mutex) noexcept {
  LOCKSTEP_REAL(pthread_mutex_unlock);
  if (!controlled() || in_test_framework(HERE)) return real_pthread_mutex_unlock(mutex);
  const Inside inside;
  return unlock_mutex(mutex);
}

int pthread_mutex_consistent(pthread_mutex_t* mutex) noexcept {
  LOCKSTEP_REAL(pthread_mutex_consistent);
  if (!controlled()) return real_pthread_mutex_consistent(mutex);
  const Inside inside;
  Mutex& state = mutex_at(mutex);
  if (!state.owner_died) return EINVAL;
  state.owner_died = false;
  return 0;
}

int pthread_cond_init(pthread_cond_t* condition, const pthread_condattr_t* attributes) noexcept {
  LOCKSTEP_REAL(pthread_cond_init);
  const int result = real_pthread_cond_init(condition, attributes);
  if (controlled()) {
    const Inside inside;
    engine.conditions.at(reinterpret_cast<std::uint64_t>(condition)) = Condition{};
  }
  return result;
}

int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  LOCKSTEP_REAL(pthread_cond_wait);
  if (!controlled()) return real_pthread_cond_wait(condition, mutex);
  const Inside inside;
  return wait_condition(condition, mutex, no_deadline);
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* when) {
  LOCKSTEP_REAL(pthread_cond_timedwait);
  if (!controlled()) return real_pthread_cond_timedwait(condition, mutex, when);
  const Inside inside;
  return is_valid(when) ? wait_condition(condition, mutex, deadline_of(clock_of(condition), when)) : EINVAL;
}

int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock, const timespec* when) {
  LOCKSTEP_REAL(pthread_cond_clockwait);
  if (!controlled()) return real_pthread_cond_clockwait(condition, mutex, clock, when);
  const Inside inside;
  return is_valid(when) ? wait_condition(condition, mutex, deadline_of(clock, when)) : EINVAL;
}

int pthread_cond_signal(pthread_cond_t* condition) noexcept {
  LOCKSTEP_REAL(pthread_cond_signal);
  if (!controlled()) return real_pthread_cond_signal(condition);
  const Inside inside;
  return notify_condition(condition, false);
}

int pthread_cond_broadcast(pthread_cond_t* condition) noexcept {
  LOCKSTEP_REAL(pthread_cond_broadcast);
  if (!controlled()) return real_pthread_cond_broadcast(condition);
  const Inside inside;
  return notify_condition(condition, true);
}

int pthread_cond_destroy(pthread_cond_t* condition) noexcept {
  LOCKSTEP_REAL(pthread_cond_destroy);
  if (!controlled()) return real_pthread_cond_destroy(condition);
  const Inside inside;
  return destroy_condition(condition);
}

int pthread_spin_init(pthread_spinlock_t* lock, int shared) noexcept {
  LOCKSTEP_REAL(pthread_spin_init);
  if (controlled()) {
    const Inside inside;
    spin_state(lock) = Mutex{};
  }
  return real_pthread_spin_init(lock, shared);
}

int pthread_spin_lock(pthread_spinlock_t* lock) noexcept {
  LOCKSTEP_REAL(pthread_spin_lock);
  if (!controlled()) return real_pthread_spin_lock(lock);
  const Inside inside;
  spin_state(lock);
  return lock_mutex(as_mutex(lock), no_deadline);
}

int pthread_spin_trylock(pthread_spinlock_t* lock) noexcept {
  LOCKSTEP_REAL(pthread_spin_trylock);
  if (!controlled()) return real_pthread_spin_trylock(lock);
  const Inside inside;
  spin_state(lock);
  return try_lock_mutex(as_mutex(lock));
}

int pthread_spin_unlock(pthread_spinlock_t* lock) noexcept {
  LOCKSTEP_REAL(pthread_spin_unlock);
  if (!controlled()) return real_pthread_spin_unlock(lock);
  const Inside inside;
  spin_state(lock);
  return unlock_mutex(as_mutex(lock));
}

int pthread_spin_destroy(pthread_spinlock_t* lock) noexcept {
  LOCKSTEP_REAL(pthread_spin_destroy);
  if (!controlled()) return real_pthread_spin_destroy(lock);
  const Inside inside;
  spin_state(lock);
  return destroy_mutex(as_mutex(lock));
}

// C11 (<threads.h>): glibc's own go past the pthread functions, to its insides. A mutex there holds one of pthread's.

int mtx_init(mtx_t* mutex, int type) {
  LOCKSTEP_REAL(mtx_init);
  const int result = real_mtx_init(mutex, type);
  if (controlled()) {
    const Inside inside;
    forget_mutex(pthreads(mutex));
  }
  return result;
}

int mtx_lock(mtx_t* mutex) {
  LOCKSTEP_REAL(mtx_lock);
  if (!controlled()) return real_mtx_lock(mutex);
  const Inside inside;
  return c11_result(lock_mutex(pthreads(mutex), no_deadline));
}

int mtx_timedlock(mtx_t* __restrict mutex, const timespec* __restrict when) {
  LOCKSTEP_REAL(mtx_timedlock);
  if (!controlled()) return real_mtx_timedlock(mutex, when);
  const Inside inside;
  return is_valid(when) ? c11_result(lock_mutex(pthreads(mutex), deadline_of(CLOCK_REALTIME, when))) : thrd_error;
}

int mtx_trylock(mtx_t* mutex) {
  LOCKSTEP_REAL(mtx_trylock);
  if (!controlled()) return real_mtx_trylock(mutex);
  const Inside inside;
  return c11_result(try_lock_mutex(pthreads(mutex)));
}

int mtx_unlock(mtx_t* mutex) {
  LOCKSTEP_REAL(mtx_unlock);
  if (!controlled()) return real_mtx_unlock(mutex);
  const Inside inside;
  return c11_result(unlock_mutex(pthreads(mutex)));
}

void mtx_destroy(mtx_t* mutex) {
  LOCKSTEP_REAL(mtx_destroy);
  if (!controlled()) return real_mtx_destroy(mutex);
  const Inside inside;
  destroy_mutex(pthreads(mutex));
}

int cnd_init(cnd_t* condition) {
  LOCKSTEP_REAL(cnd_init);
  const int result = real_cnd_init(condition);
  if (controlled()) {
    const Inside inside;
    engine.conditions.at(reinterpret_cast<std::uint64_t>(condition)) = Condition{};
  }
  return result;
}

int cnd_signal(cnd_t* condition) {
  LOCKSTEP_REAL(cnd_signal);
  if (!controlled()) return real_cnd_signal(condition);
  const Inside inside;
  return c11_result(notify_condition(pthreads(condition), false));
}

int cnd_broadcast(cnd_t* condition) {
  LOCKSTEP_REAL(cnd_broadcast);
  if (!controlled()) return real_cnd_broadcast(condition);
  const Inside inside;
  return c11_result(notify_condition(pthreads(condition), true));
}

int cnd_wait(cnd_t* condition, mtx_t* mutex) {
  LOCKSTEP_REAL(cnd_wait);
  if (!controlled()) return real_cnd_wait(condition, mutex);
  const Inside inside;
  return c11_result(wait_condition(pthreads(condition), pthreads(mutex), no_deadline));
}

int cnd_timedwait(cnd_t* __restrict condition, mtx_t* __restrict mutex, const timespec* __restrict when) {
  LOCKSTEP_REAL(cnd_timedwait);
  if (!controlled()) return real_cnd_timedwait(condition, mutex, when);
  const Inside inside;
  return is_valid(when) ? c11_result(wait_condition(pthreads(condition), pthreads(mutex), deadline_of(CLOCK_REALTIME, when))) : thrd_error;
}

void cnd_destroy(cnd_t* condition) {
  LOCKSTEP_REAL(cnd_destroy);
  if (!controlled()) return real_cnd_destroy(condition);
  const Inside inside;
  destroy_condition(pthreads(condition));
}

}  // extern "C"
