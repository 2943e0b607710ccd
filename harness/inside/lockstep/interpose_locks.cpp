// Read-write locks, barriers and semaphores of pthread.
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

#include "harness/inside/lockstep/knowledge.hpp"
#include "harness/inside/lockstep/mutexes.hpp"
#include "harness/inside/lockstep/real.hpp"
#include "harness/inside/lockstep/virtual_clock.hpp"

using namespace lockstep::engine;

namespace {

std::uint64_t address_of(const void* object) { return reinterpret_cast<std::uint64_t>(object); }

int lock_to_read(pthread_rwlock_t* lock, std::int64_t deadline) {
  ReadWriteLock& state = engine.rwlocks.at(address_of(lock));
  const Variant how = reach({OpKind::read_lock, address_of(lock), 0, true, false, deadline});
  if (how == early_timeout) return ETIMEDOUT;
  if (state.writer == self->id) return EDEADLK;
  state.read_lock(self->id);
  acquire(state.written);
  changed(true);
  note(OpKind::read_lock, address_of(lock));
  return 0;
}

int lock_to_write(pthread_rwlock_t* lock, std::int64_t deadline) {
  ReadWriteLock& state = engine.rwlocks.at(address_of(lock));
  const Variant how = reach({OpKind::write_lock, address_of(lock), 0, true, false, deadline});
  if (how == early_timeout) return ETIMEDOUT;
  if (state.writer == self->id) return EDEADLK;
  state.write_lock(self->id);
  acquire(state.written);
  acquire(state.read);
  changed(true);
  note(OpKind::write_lock, address_of(lock));
  return 0;
}

int try_lock(pthread_rwlock_t* lock, bool write) {
  ReadWriteLock& state = engine.rwlocks.at(address_of(lock));
  const OpKind kind = write ? OpKind::try_write_lock : OpKind::try_read_lock;
  reach({kind, address_of(lock), 0, true, false});
  if (!(write ? state.free_to_write(self->id) : state.free_to_read(self->id))) {
    note(kind, address_of(lock), 0, EBUSY);
    return EBUSY;
  }
  if (write) {
    state.write_lock(self->id);
    acquire(state.read);
  } else {
    state.read_lock(self->id);
  }
  acquire(state.written);
  changed(true);
  note(kind, address_of(lock));
  return 0;
}

int unlock(pthread_rwlock_t* lock) {
  ReadWriteLock& state = engine.rwlocks.at(address_of(lock));
  reach({OpKind::rw_unlock, address_of(lock), 0, true, false});
  const bool writer = state.writer == self->id;
  if (!state.unlock(self->id)) misuse("unlocks a read-write lock that it does not hold", "only who has locked it may unlock it, and once for each lock");
  if (writer) state.read.clear();
  release_to(writer ? state.written : state.read);
  changed(true);
  note(OpKind::rw_unlock, address_of(lock));
  return 0;
}

constexpr unsigned destroyed_value = ~0u;  // above SEM_VALUE_MAX; sem_init writes over it

Semaphore& semaphore_at(sem_t* semaphore) {
  if (*reinterpret_cast<unsigned*>(semaphore) == destroyed_value) misuse("uses a semaphore that was destroyed", "after its destruction nothing is there to wait on");
  Semaphore& state = engine.semaphores.at(address_of(semaphore));
  if (!state.known) {
    state.known = true;
    state.value = *reinterpret_cast<unsigned*>(semaphore);  // glibc on 64 bits: the low half of its first word (nptl/internaltypes.h)
  }
  return state;
}

int wait_semaphore(sem_t* semaphore, std::int64_t deadline) {
  Semaphore& state = semaphore_at(semaphore);
  const Variant how = reach({OpKind::sem_wait, address_of(semaphore), 0, true, false, deadline});
  if (how == early_timeout) {
    note(OpKind::sem_wait, address_of(semaphore), 0, ETIMEDOUT);
    errno = ETIMEDOUT;
    return -1;
  }
  --state.value;
  acquire(state.released);
  changed();
  note(OpKind::sem_wait, address_of(semaphore), 0, 0, state.value);
  return 0;
}

}  // namespace

extern "C" {

int pthread_rwlock_init(pthread_rwlock_t* lock, const pthread_rwlockattr_t* attributes) noexcept {
  LOCKSTEP_REAL(pthread_rwlock_init);
  if (controlled()) {
    const Inside inside;
    engine.rwlocks.at(address_of(lock)) = ReadWriteLock{};
  }
  return real_pthread_rwlock_init(lock, attributes);
}

int pthread_rwlock_destroy(pthread_rwlock_t* lock) noexcept {
  LOCKSTEP_REAL(pthread_rwlock_destroy);
  if (!controlled()) return real_pthread_rwlock_destroy(lock);
  const Inside inside;
  ReadWriteLock& state = engine.rwlocks.at(address_of(lock));
  reach({OpKind::mutex_destroy, address_of(lock), 0, true, false});
  if (state.writer != nobody || state.reader_count > 0) misuse("destroys a read-write lock that is locked", "whoever holds it would unlock what no longer exists");
  state = ReadWriteLock{};
  return 0;
}

int pthread_rwlock_rdlock(pthread_rwlock_t* lock) noexcept {
  LOCKSTEP_REAL(pthread_rwlock_rdlock);
  if (!controlled()) return real_pthread_rwlock_rdlock(lock);
  const Inside inside;
  return lock_to_read(lock, no_deadline);
}

int pthread_rwlock_wrlock(pthread_rwlock_t* lock) noexcept {
  LOCKSTEP_REAL(pthread_rwlock_wrlock);
  if (!controlled()) return real_pthread_rwlock_wrlock(lock);
  const Inside inside;
  return lock_to_write(lock, no_deadline);
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t* lock) noexcept {
  LOCKSTEP_REAL(pthread_rwlock_tryrdlock);
  if (!controlled()) return real_pthread_rwlock_tryrdlock(lock);
  const Inside inside;
  return try_lock(lock, false);
}

int pthread_rwlock_trywrlock(pthread_rwlock_t* lock) noexcept {
  LOCKSTEP_REAL(pthread_rwlock_trywrlock);
  if (!controlled()) return real_pthread_rwlock_trywrlock(lock);
  const Inside inside;
  return try_lock(lock, true);
}

int pthread_rwlock_timedrdlock(pthread_rwlock_t* __restrict lock, const timespec* __restrict when) noexcept {
  LOCKSTEP_REAL(pthread_rwlock_timedrdlock);
  if (!controlled()) return real_pthread_rwlock_timedrdlock(lock, when);
  const Inside inside;
  return lock_to_read(lock, deadline_of(CLOCK_REALTIME, when));
}

int pthread_rwlock_timedwrlock(pthread_rwlock_t* __restrict lock, const timespec* __restrict when) noexcept {
  LOCKSTEP_REAL(pthread_rwlock_timedwrlock);
  if (!controlled()) return real_pthread_rwlock_timedwrlock(lock, when);
  const Inside inside;
  return lock_to_write(lock, deadline_of(CLOCK_REALTIME, when));
}

int pthread_rwlock_clockrdlock(pthread_rwlock_t* __restrict lock, clockid_t clock, const timespec* __restrict when) noexcept {
  LOCKSTEP_REAL(pthread_rwlock_clockrdlock);
  if (!controlled()) return real_pthread_rwlock_clockrdlock(lock, clock, when);
  const Inside inside;
  return lock_to_read(lock, deadline_of(clock, when));
}

int pthread_rwlock_clockwrlock(pthread_rwlock_t* __restrict lock, clockid_t clock, const timespec* __restrict when) noexcept {
  LOCKSTEP_REAL(pthread_rwlock_clockwrlock);
  if (!controlled()) return real_pthread_rwlock_clockwrlock(lock, clock, when);
  const Inside inside;
  return lock_to_write(lock, deadline_of(clock, when));
}

int pthread_rwlock_unlock(pthread_rwlock_t* lock) noexcept {
  LOCKSTEP_REAL(pthread_rwlock_unlock);
  if (!controlled()) return real_pthread_rwlock_unlock(lock);
  const Inside inside;
  return unlock(lock);
}

int pthread_barrier_init(pthread_barrier_t* __restrict barrier, const pthread_barrierattr_t* __restrict attributes, unsigned count) noexcept {
  LOCKSTEP_REAL(pthread_barrier_init);
  const int result = real_pthread_barrier_init(barrier, attributes, count);
  if (result == 0) {
    const Inside inside;
    Barrier& state = engine.barriers.at(address_of(barrier));
    state = Barrier{};
    state.parties = count;
  }
  return result;
}

int pthread_barrier_wait(pthread_barrier_t* barrier) noexcept {
  LOCKSTEP_REAL(pthread_barrier_wait);
  if (!controlled()) return real_pthread_barrier_wait(barrier);
  const Inside inside;
  Barrier& state = engine.barriers.at(address_of(barrier));
  reach({OpKind::barrier_arrive, address_of(barrier), 0, true, false});
  if (state.parties == 0) misuse("waits at a barrier that is not there", "it was not initialised, or is destroyed already");
  const std::uint64_t phase = state.phase;
  release_to(state.gathering);
  const bool last = state.arrive();
  changed();
  note(OpKind::barrier_arrive, address_of(barrier), 0, state.arrived, phase);
  if (last) {
    state.gathered = state.gathering;
    state.gathering.clear();
  } else {
    reach({OpKind::barrier_leave, address_of(barrier), 0, false, false, no_deadline, phase});
    note(OpKind::barrier_leave, address_of(barrier), 0, 0, phase);
  }
  acquire(state.gathered);
  return last ? PTHREAD_BARRIER_SERIAL_THREAD : 0;
}

int pthread_barrier_destroy(pthread_barrier_t* barrier) noexcept {
  LOCKSTEP_REAL(pthread_barrier_destroy);
  if (!controlled()) return real_pthread_barrier_destroy(barrier);
  const Inside inside;
  Barrier& state = engine.barriers.at(address_of(barrier));
  if (state.arrived > 0) misuse("destroys a barrier that a thread waits at", "that thread would wait for ever");
  state = Barrier{};
  return 0;
}

int sem_init(sem_t* semaphore, int shared, unsigned value) noexcept {
  LOCKSTEP_REAL(sem_init);
  const int result = real_sem_init(semaphore, shared, value);
  if (controlled()) {
    const Inside inside;
    engine.semaphores.at(address_of(semaphore)) = Semaphore{true, value, {}};
  }
  return result;
}

int sem_destroy(sem_t* semaphore) noexcept {
  LOCKSTEP_REAL(sem_destroy);
  if (controlled()) {
    const Inside inside;
    for (int i = 0; i < engine.task_count; ++i)
      if (!engine.tasks[i].finished && engine.tasks[i].pending.kind == OpKind::sem_wait && engine.tasks[i].pending.object == address_of(semaphore))
        misuse("destroys a semaphore that a thread waits on", "that thread would wait on what no longer exists");
    engine.semaphores.at(address_of(semaphore)) = Semaphore{};
    *reinterpret_cast<unsigned*>(semaphore) = destroyed_value;
    return 0;
  }
  return real_sem_destroy(semaphore);
}

int sem_wait(sem_t* semaphore) {
  LOCKSTEP_REAL(sem_wait);
  if (!controlled()) return real_sem_wait(semaphore);
  const Inside inside;
  return wait_semaphore(semaphore, no_deadline);
}

int sem_timedwait(sem_t* __restrict semaphore, const timespec* __restrict when) {
  LOCKSTEP_REAL(sem_timedwait);
  if (!controlled()) return real_sem_timedwait(semaphore, when);
  const Inside inside;
  return wait_semaphore(semaphore, deadline_of(CLOCK_REALTIME, when));
}

int sem_clockwait(sem_t* __restrict semaphore, clockid_t clock, const timespec* __restrict when) {
  LOCKSTEP_REAL(sem_clockwait);
  if (!controlled()) return real_sem_clockwait(semaphore, clock, when);
  const Inside inside;
  return wait_semaphore(semaphore, deadline_of(clock, when));
}

int sem_trywait(sem_t* semaphore) noexcept {
  LOCKSTEP_REAL(sem_trywait);
  if (!controlled()) return real_sem_trywait(semaphore);
  const Inside inside;
  Semaphore& state = semaphore_at(semaphore);
  reach({OpKind::sem_try_wait, address_of(semaphore), 0, true, false});
  if (state.value == 0) {
    note(OpKind::sem_try_wait, address_of(semaphore), 0, EAGAIN);
    errno = EAGAIN;
    return -1;
  }
  --state.value;
  acquire(state.released);
  changed();
  note(OpKind::sem_try_wait, address_of(semaphore), 0, 0, state.value);
  return 0;
}

int sem_post(sem_t* semaphore) noexcept {
  LOCKSTEP_REAL(sem_post);
  if (!controlled()) return real_sem_post(semaphore);
  const Inside inside;
  Semaphore& state = semaphore_at(semaphore);
  reach({OpKind::sem_post, address_of(semaphore), 0, true, false});
  if (state.value >= SEM_VALUE_MAX) {
    errno = EOVERFLOW;
    return -1;
  }
  ++state.value;
  release_to(state.released);
  changed();
  note(OpKind::sem_post, address_of(semaphore), 0, 0, state.value);
  return 0;
}

int sem_getvalue(sem_t* __restrict semaphore, int* __restrict value) noexcept {
  LOCKSTEP_REAL(sem_getvalue);
  if (!controlled()) return real_sem_getvalue(semaphore, value);
  const Inside inside;
  Semaphore& state = semaphore_at(semaphore);
  reach({OpKind::sem_try_wait, address_of(semaphore), 0, false, false});
  *value = static_cast<int>(state.value);
  return 0;
}

}  // extern "C"
