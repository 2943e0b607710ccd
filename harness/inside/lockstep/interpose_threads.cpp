// Threads: making, ending and joining them, by pthread's names and C11's.
//
// A task ends after its thread-local objects are destroyed: a key of ours has a destructor that puts itself back until the last round, so that
// it runs after every other (POSIX: PTHREAD_DESTRUCTOR_ITERATIONS).
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <threads.h>
#include <unistd.h>

#include "harness/inside/lockstep/interpose_threads.hpp"
#include "harness/inside/lockstep/knowledge.hpp"
#include "harness/inside/lockstep/mutexes.hpp"
#include "harness/inside/lockstep/real.hpp"
#include "harness/inside/lockstep/shadow.hpp"
#include "harness/inside/lockstep/virtual_clock.hpp"
#include "harness/inside/lockstep/waiting.hpp"

using namespace lockstep::engine;

namespace {

pthread_key_t end_key;
bool has_end_key = false;
constexpr std::uintptr_t last_round = PTHREAD_DESTRUCTOR_ITERATIONS;

void finish_task() {
  const Inside inside;
  Task& me = *self;
  reach({OpKind::finish, object_of_task(me.id), 0, true, false});
  release_at_end(me);
  me.finished = true;
  changed();
  note(OpKind::finish, object_of_task(me.id));
  leave_for_good();
}

void end_of_thread(void* round) {
  if (!engine.active || engine.ended || !self) return;
  const auto number = reinterpret_cast<std::uintptr_t>(round);
  if (number < last_round) {
    pthread_setspecific(end_key, reinterpret_cast<void*>(number + 1));
    return;
  }
  finish_task();
  self = nullptr;  // what is left is glibc's
}

void* run_task(void* argument) {
  Task& me = *static_cast<Task*>(argument);
  self = &me;
  me.stack_end = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  wait_for_turn(me);
  me.handle = pthread_self();
  pthread_setspecific(end_key, reinterpret_cast<void*>(std::uintptr_t{1}));
  note(OpKind::start, object_of_task(me.id));
  me.inside = false;
  void* result = me.routine(me.argument);
  me.result = result;
  return result;
}

Task* task_of(pthread_t handle) {
  for (int i = engine.task_count - 1; i >= 0; --i)
    if (engine.tasks[i].exists && !engine.tasks[i].joined && pthread_equal(engine.tasks[i].handle, handle)) return &engine.tasks[i];
  return nullptr;
}

int create(pthread_t* thread, const pthread_attr_t* attributes, void* (*routine)(void*), void* argument) {
  LOCKSTEP_REAL(pthread_create);
  reach({OpKind::create, object_of_task(engine.task_count), 0, true, false});
  Task* task = make_task();
  if (!task) end_execution(Outcome::not_controlled, "more than 63 threads are made in one execution");
  task->routine = routine;
  task->argument = argument;
  int state = PTHREAD_CREATE_JOINABLE;
  if (attributes) pthread_attr_getdetachstate(attributes, &state);
  task->detached = state == PTHREAD_CREATE_DETACHED;
  // Always joinable for glibc, so that no handle is used again while we remember it.
  pthread_attr_t own;
  pthread_attr_init(&own);
  std::size_t stack = 0;
  if (attributes && pthread_attr_getstacksize(attributes, &stack) == 0) pthread_attr_setstacksize(&own, stack);
  const int error = real_pthread_create(&task->handle, &own, run_task, task);
  pthread_attr_destroy(&own);
  if (error) {
    task->exists = false;
    return error;
  }
  *thread = task->handle;
  changed();
  note(OpKind::create, object_of_task(task->id), 0, 0, 0, task->id);
  return 0;
}

int join(pthread_t thread, void** result, std::int64_t deadline) {
  Task* task = task_of(thread);
  if (!task) misuse("joins a thread that was joined already", "after the join the thread no longer exists");
  if (task->detached) misuse("joins a thread that is detached", "a detached thread cannot be waited for");
  if (task == self) return EDEADLK;
  const Variant how = reach({OpKind::join, object_of_task(task->id), 0, false, false, deadline});
  if (how == early_timeout && !task->finished) {
    note(OpKind::join, object_of_task(task->id), 0, ETIMEDOUT, 0, task->id);
    return ETIMEDOUT;
  }
  if (task->joined) misuse("joins a thread that was joined already", "after the join the thread no longer exists");
  task->joined = true;
  acquire(task->clock);
  if (result) *result = task->result;
  changed();
  note(OpKind::join, object_of_task(task->id), 0, 0, 0, task->id);
  return 0;
}

int try_join(pthread_t thread, void** result) {
  Task* task = task_of(thread);
  if (!task) misuse("joins a thread that was joined already", "after the join the thread no longer exists");
  reach({OpKind::try_join, object_of_task(task->id), 0, false, false});
  if (!task->finished) {
    note(OpKind::try_join, object_of_task(task->id), 0, EBUSY, 0, task->id);
    return EBUSY;
  }
  task->joined = true;
  acquire(task->clock);
  if (result) *result = task->result;
  changed();
  note(OpKind::try_join, object_of_task(task->id), 0, 0, 0, task->id);
  return 0;
}

int detach(pthread_t thread) {
  Task* task = task_of(thread);
  if (!task || task->detached) misuse("detaches a thread that was joined or detached already", "each thread is joined or detached once");
  reach({OpKind::detach, object_of_task(task->id), 0, true, false});
  task->detached = true;
  note(OpKind::detach, object_of_task(task->id), 0, 0, 0, task->id);
  return 0;
}

struct C11Start {
  thrd_start_t routine;
  void* argument;
};

void* run_c11(void* start) {
  const C11Start copy = *static_cast<C11Start*>(start);
  return reinterpret_cast<void*>(static_cast<std::intptr_t>(copy.routine(copy.argument)));
}

}  // namespace

namespace lockstep::engine {

void prepare_threads() {
  if (!has_end_key) has_end_key = pthread_key_create(&end_key, end_of_thread) == 0;
}

}  // namespace lockstep::engine

extern "C" {

int pthread_create(pthread_t* __restrict thread, const pthread_attr_t* __restrict attributes, void* (*routine)(void*), void* __restrict argument) noexcept {
  LOCKSTEP_REAL(pthread_create);
  if (!controlled()) {
    note_uncontrolled("makes a thread before main, or in a way that the engine does not see");
    return real_pthread_create(thread, attributes, routine, argument);
  }
  const Inside inside;
  return create(thread, attributes, routine, argument);
}

int pthread_join(pthread_t thread, void** result) {
  LOCKSTEP_REAL(pthread_join);
  if (!controlled()) return real_pthread_join(thread, result);
  const Inside inside;
  return join(thread, result, no_deadline);
}

int pthread_tryjoin_np(pthread_t thread, void** result) noexcept {
  LOCKSTEP_REAL(pthread_tryjoin_np);
  if (!controlled()) return real_pthread_tryjoin_np(thread, result);
  const Inside inside;
  return try_join(thread, result);
}

int pthread_timedjoin_np(pthread_t thread, void** result, const timespec* when) {
  LOCKSTEP_REAL(pthread_timedjoin_np);
  if (!controlled()) return real_pthread_timedjoin_np(thread, result, when);
  const Inside inside;
  return join(thread, result, deadline_of(CLOCK_REALTIME, when));
}

int pthread_clockjoin_np(pthread_t thread, void** result, clockid_t clock, const timespec* when) {
  LOCKSTEP_REAL(pthread_clockjoin_np);
  if (!controlled()) return real_pthread_clockjoin_np(thread, result, clock, when);
  const Inside inside;
  return join(thread, result, deadline_of(clock, when));
}

int pthread_detach(pthread_t thread) noexcept {
  LOCKSTEP_REAL(pthread_detach);
  if (!controlled()) return real_pthread_detach(thread);
  const Inside inside;
  return detach(thread);
}

void pthread_exit(void* result) {
  LOCKSTEP_REAL(pthread_exit);
  if (controlled()) self->result = result;
  if (controlled() && self->id == 0) {
    const Inside inside;
    // The process goes on until its last thread ends.
    finish_main_early();
  }
  real_pthread_exit(result);
  __builtin_unreachable();
}

int pthread_cancel(pthread_t thread) {
  LOCKSTEP_REAL(pthread_cancel);
  if (controlled()) end_execution(Outcome::not_controlled, "cancels a thread (pthread_cancel)");
  return real_pthread_cancel(thread);
}

int pthread_kill(pthread_t thread, int signal) noexcept {
  LOCKSTEP_REAL(pthread_kill);
  if (controlled() && signal != 0) end_execution(Outcome::not_controlled, "sends a signal to a thread (pthread_kill)");
  return real_pthread_kill(thread, signal);
}

int pthread_setname_np(pthread_t thread, const char* name) noexcept {
  LOCKSTEP_REAL(pthread_setname_np);
  if (controlled())
    if (Task* task = task_of(thread)) strncpy(task->name, name, sizeof task->name - 1);
  return real_pthread_setname_np(thread, name);
}

pid_t fork() noexcept {
  LOCKSTEP_REAL(fork);
  if (controlled()) end_execution(Outcome::not_controlled, "starts another process (fork)");
  return real_fork();
}

int thrd_create(thrd_t* thread, thrd_start_t routine, void* argument) {
  LOCKSTEP_REAL(thrd_create);
  if (!controlled()) return real_thrd_create(thread, routine, argument);
  const Inside inside;
  auto* start = static_cast<C11Start*>(arena_take(sizeof(C11Start)));
  *start = {routine, argument};
  return create(thread, nullptr, run_c11, start) == 0 ? thrd_success : thrd_error;
}

int thrd_join(thrd_t thread, int* result) {
  LOCKSTEP_REAL(thrd_join);
  if (!controlled()) return real_thrd_join(thread, result);
  const Inside inside;
  void* value = nullptr;
  if (join(thread, &value, no_deadline) != 0) return thrd_error;
  if (result) *result = static_cast<int>(reinterpret_cast<std::intptr_t>(value));
  return thrd_success;
}

int thrd_detach(thrd_t thread) {
  LOCKSTEP_REAL(thrd_detach);
  if (!controlled()) return real_thrd_detach(thread);
  const Inside inside;
  return detach(thread) == 0 ? thrd_success : thrd_error;
}

void thrd_exit(int result) { pthread_exit(reinterpret_cast<void*>(static_cast<std::intptr_t>(result))); }

}  // extern "C"
