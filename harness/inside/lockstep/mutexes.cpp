#include "harness/inside/lockstep/mutexes.hpp"

#include <errno.h>

#include "harness/inside/lockstep/knowledge.hpp"

namespace lockstep::engine {

void misuse(const char* what, const char* why) { end_execution(Outcome::misuse, what, why); }

namespace {

constexpr int destroyed_kind = -1;  // as glibc marks it; whatever makes a new one there writes over it

std::uint64_t address_of(const void* object) { return reinterpret_cast<std::uint64_t>(object); }

}  // namespace

Mutex& mutex_at(pthread_mutex_t* mutex) {
  Mutex& state = engine.mutexes.at(address_of(mutex));
  if (!state.known) {
    // glibc's layout: the kind, with flags above it (nptl/pthreadP.h).
    const int kind = mutex->__data.__kind;
    if (kind == destroyed_kind) misuse("uses a mutex that was destroyed", "after its destruction nothing is there that could be locked");
    state.known = true;
    state.robust = (kind & 16) != 0;
    switch (kind & 3) {
      case PTHREAD_MUTEX_RECURSIVE_NP:
        state.kind = Mutex::Kind::recursive;
        break;
      case PTHREAD_MUTEX_ERRORCHECK_NP:
        state.kind = Mutex::Kind::error_checking;
        break;
      default:
        break;
    }
    if (mutex->__data.__owner != 0) {  // locked before the execution began, so by the thread that became the first task
      state.owner = 0;
      state.count = 1;
    }
  }
  return state;
}

void forget_mutex(pthread_mutex_t* mutex) {
  Mutex& state = engine.mutexes.at(address_of(mutex));
  state = Mutex{};
}

int lock_mutex(pthread_mutex_t* mutex, std::int64_t deadline) {
  Mutex& state = mutex_at(mutex);
  const Variant how = reach({OpKind::mutex_lock, address_of(mutex), 0, true, false, deadline});
  if (how == early_timeout) {
    note(OpKind::mutex_lock, address_of(mutex), 0, ETIMEDOUT);
    return ETIMEDOUT;
  }
  if (state.not_recoverable) return ENOTRECOVERABLE;
  if (state.kind == Mutex::Kind::error_checking && state.own_again(self->id)) {
    note(OpKind::mutex_lock, address_of(mutex), 0, EDEADLK);
    return EDEADLK;
  }
  state.lock(self->id);
  acquire(state.released);
  changed(true);
  note(OpKind::mutex_lock, address_of(mutex));
  return state.owner_died ? EOWNERDEAD : 0;
}

int try_lock_mutex(pthread_mutex_t* mutex) {
  Mutex& state = mutex_at(mutex);
  reach({OpKind::mutex_try_lock, address_of(mutex), 0, true, false});
  if (state.not_recoverable) return ENOTRECOVERABLE;
  if (!state.free_for(self->id)) {
    note(OpKind::mutex_try_lock, address_of(mutex), 0, EBUSY);
    return EBUSY;
  }
  state.lock(self->id);
  acquire(state.released);
  changed(true);
  note(OpKind::mutex_try_lock, address_of(mutex));
  return state.owner_died ? EOWNERDEAD : 0;
}

int unlock_mutex(pthread_mutex_t* mutex) {
  Mutex& state = mutex_at(mutex);
  reach({OpKind::mutex_unlock, address_of(mutex), 0, true, false});
  if (state.owner != self->id) {
    if (state.kind != Mutex::Kind::normal || state.robust) return EPERM;
    if (state.owner == nobody) misuse("unlocks a mutex that nobody holds", "only the thread that has locked a mutex may unlock it, and once for each lock");
    misuse("unlocks a mutex that another thread holds", "only the thread that has locked a mutex may unlock it");
  }
  state.unlock(self->id);
  if (state.owner == nobody) {
    if (state.owner_died) state.not_recoverable = true;  // unlocked without pthread_mutex_consistent
    release_to(state.released);
  }
  changed(true);
  note(OpKind::mutex_unlock, address_of(mutex));
  return 0;
}

int destroy_mutex(pthread_mutex_t* mutex) {
  Mutex& state = mutex_at(mutex);
  reach({OpKind::mutex_destroy, address_of(mutex), 0, true, false});
  if (state.owner != nobody) misuse("destroys a mutex that is locked", "whoever holds it would unlock what no longer exists");
  for (int i = 0; i < engine.task_count; ++i) {
    const Task& task = engine.tasks[i];
    if (task.exists && !task.finished && task.pending.kind == OpKind::cond_wake && task.pending.object2 == address_of(mutex))
      misuse("destroys a mutex that a waiting thread will lock again", "a thread waits on a condition with it");
  }
  note(OpKind::mutex_destroy, address_of(mutex));
  state = Mutex{};
  mutex->__data.__kind = destroyed_kind;
  return 0;
}

int give_up_mutex(pthread_mutex_t* mutex) {
  Mutex& state = mutex_at(mutex);
  const int count = state.count;
  state.count = 0;
  state.owner = nobody;
  release_to(state.released);
  changed(true);
  return count;
}

void take_back_mutex(pthread_mutex_t* mutex, int count) {
  Mutex& state = mutex_at(mutex);
  state.owner = self->id;
  state.count = count;
  acquire(state.released);
  changed(true);
}

void release_at_end(Task& task) {
  engine.mutexes.each([&](std::uint64_t, Mutex& mutex) {
    if (mutex.owner != task.id) return;
    if (!mutex.robust) misuse("ends while it holds a mutex", "nobody can lock that mutex any more");
    mutex.owner = nobody;
    mutex.count = 0;
    mutex.owner_died = true;
    release_to(mutex.released);
  });
}

}  // namespace lockstep::engine
