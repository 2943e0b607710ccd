// What happens once: pthread_once, call_once of C11, and the guards of static locals.
#include <pthread.h>
#include <threads.h>

#include "harness/inside/lockstep/atomics.hpp"
#include "harness/inside/lockstep/engine.hpp"
#include "harness/inside/lockstep/knowledge.hpp"
#include "harness/inside/lockstep/real.hpp"

using namespace lockstep::engine;

namespace {

std::uint64_t address_of(const void* object) { return reinterpret_cast<std::uint64_t>(object); }

// True: the caller has to do what is done once.
bool enter_once(std::uint64_t object, OpKind kind) {
  Once& once = engine.onces.at(object);
  reach({kind, object, 0, true, false});
  if (once.state == Once::State::done) {
    acquire(once.released);
    return false;
  }
  acquire(once.released);  // of one who was left by an exception
  once.state = Once::State::running;
  once.runner = self->id;
  changed();
  note(kind, object);
  return true;
}

void leave_once(std::uint64_t object, OpKind kind, Once::State state) {
  Once& once = engine.onces.at(object);
  reach({kind, object, 0, true, false});
  once.state = state;
  once.runner = nobody;
  release_to(once.released);
  changed();
  note(kind, object);
}

int once_only(int* control, void (*routine)()) {
  if (*control == 2) {  // done before the execution began
    const Once* known = engine.onces.find(address_of(control));
    if (!known) return 0;
  }
  {
    const Inside inside;
    if (!enter_once(address_of(control), OpKind::once_enter)) return 0;
  }
  struct Abandoned {  // an exception left the routine: the next one tries again
    std::uint64_t object;
    bool done = false;
    ~Abandoned() {
      const Inside inside;
      leave_once(object, OpKind::once_leave, done ? Once::State::done : Once::State::untouched);
    }
  } abandoned{address_of(control)};
  routine();
  abandoned.done = true;
  *control = 2;
  return 0;
}

}  // namespace

extern "C" {

int pthread_once(pthread_once_t* control, void (*routine)()) {
  LOCKSTEP_REAL(pthread_once);
  return controlled() ? once_only(control, routine) : real_pthread_once(control, routine);
}

void call_once(once_flag* flag, void (*routine)()) {
  LOCKSTEP_REAL(call_once);
  if (controlled())
    once_only(reinterpret_cast<int*>(flag), routine);
  else
    real_call_once(flag, routine);
}

// Guards of static locals (Itanium C++ ABI, 3.3.3): the first byte says that the object is made.
int __cxa_guard_acquire(long long*);
void __cxa_guard_release(long long*) noexcept;
void __cxa_guard_abort(long long*) noexcept;

int __cxa_guard_acquire(long long* guard) {
  LOCKSTEP_REAL(__cxa_guard_acquire);
  if (!controlled()) return real___cxa_guard_acquire(guard);
  const Inside inside;
  if (*reinterpret_cast<char*>(guard)) {
    if (const Once* once = engine.onces.find(address_of(guard))) acquire(once->released);
    return 0;
  }
  return enter_once(address_of(guard), OpKind::guard_enter) ? 1 : 0;
}

void __cxa_guard_release(long long* guard) noexcept {
  LOCKSTEP_REAL(__cxa_guard_release);
  if (!controlled()) return real___cxa_guard_release(guard);
  const Inside inside;
  leave_once(address_of(guard), OpKind::guard_leave, Once::State::done);
  publish(address_of(guard), 1, {1, 0});
}

void __cxa_guard_abort(long long* guard) noexcept {
  LOCKSTEP_REAL(__cxa_guard_abort);
  if (!controlled()) return real___cxa_guard_abort(guard);
  const Inside inside;
  leave_once(address_of(guard), OpKind::guard_leave, Once::State::untouched);
}

}  // extern "C"
