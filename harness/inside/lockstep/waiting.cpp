#include "harness/inside/lockstep/waiting.hpp"

#include "harness/inside/lockstep/descriptors.hpp"

namespace lockstep::engine {

namespace {

bool mutex_free(std::uint64_t address, int task) {
  const Mutex* mutex = engine.mutexes.find(address);
  return !mutex || mutex->free_for(task);
}

bool condition_met(const Task& task) {
  const Operation& op = task.pending;
  switch (op.kind) {
    case OpKind::mutex_lock: {
      const Mutex* mutex = engine.mutexes.find(op.object);
      return !mutex || mutex->free_for(task.id) || mutex->not_recoverable || (mutex->kind == Mutex::Kind::error_checking && mutex->own_again(task.id));
    }
    case OpKind::cond_wake: {
      const Condition* condition = engine.conditions.find(op.object);
      return condition && condition->notified(task.id) && mutex_free(op.object2, task.id);
    }
    case OpKind::read_lock:
    case OpKind::write_lock: {
      const ReadWriteLock* lock = engine.rwlocks.find(op.object);
      if (!lock || lock->writer == task.id) return true;  // the latter is an error, EDEADLK
      return op.kind == OpKind::read_lock ? lock->free_to_read(task.id) : lock->free_to_write(task.id);
    }
    case OpKind::barrier_leave: {
      const Barrier* barrier = engine.barriers.find(op.object);
      return !barrier || barrier->phase != op.value;
    }
    case OpKind::sem_wait: {
      const Semaphore* semaphore = engine.semaphores.find(op.object);
      return semaphore && semaphore->value > 0;
    }
    case OpKind::once_enter:
    case OpKind::guard_enter: {
      const Once* once = engine.onces.find(op.object);
      return !once || once->state != Once::State::running;
    }
    case OpKind::futex_wake_up: {
      const Condition* word = engine.futexes.find(op.object);
      return word && word->notified(task.id);
    }
    case OpKind::join:
      return engine.tasks[op.object - object_of_task(0)].finished;
    case OpKind::wake:
      return false;  // only its time ends it
    case OpKind::pipe_read:
    case OpKind::pipe_write:
    case OpKind::poll:
      return descriptors_ready(task);
    default:
      return true;
  }
}

}  // namespace

Ready readiness(const Task& task, std::uint64_t now_ns) {
  if (condition_met(task)) return Ready::ordinary;
  if (task.pending.deadline != no_deadline && static_cast<std::uint64_t>(task.pending.deadline) <= now_ns && could_wake(task))
    return task.pending.kind == OpKind::wake ? Ready::ordinary : Ready::timed_out;
  return Ready::no;
}

bool could_wake(const Task& task) {
  switch (task.pending.kind) {
    case OpKind::cond_wake:
      return mutex_free(task.pending.object2, task.id);
    case OpKind::mutex_lock:
    case OpKind::read_lock:
    case OpKind::write_lock:
    case OpKind::sem_wait:
    case OpKind::futex_wake_up:
    case OpKind::join:
    case OpKind::wake:
    case OpKind::poll:
      return true;
    default:
      return false;
  }
}

int holder_of(const Task& task) {
  const Operation& op = task.pending;
  switch (op.kind) {
    case OpKind::mutex_lock: {
      const Mutex* mutex = engine.mutexes.find(op.object);
      return mutex ? mutex->owner : nobody;
    }
    case OpKind::cond_wake: {
      const Condition* condition = engine.conditions.find(op.object);
      const Mutex* mutex = engine.mutexes.find(op.object2);
      return condition && condition->notified(task.id) && mutex ? mutex->owner : nobody;
    }
    case OpKind::read_lock:
    case OpKind::write_lock: {
      const ReadWriteLock* lock = engine.rwlocks.find(op.object);
      if (!lock) return nobody;
      if (lock->writer != nobody) return lock->writer;
      if (lock->readers[task.id] > 0) return task.id;
      if (lock->reader_count == 1)
        for (int i = 0; i < engine.task_count; ++i)
          if (lock->readers[i] > 0) return i;
      return nobody;
    }
    case OpKind::once_enter:
    case OpKind::guard_enter: {
      const Once* once = engine.onces.find(op.object);
      return once ? once->runner : nobody;
    }
    case OpKind::join:
      return static_cast<int>(op.object - object_of_task(0));
    default:
      return nobody;
  }
}

void refuse_cycle(const Task& task) {
  const Task* at = &task;
  for (int hops = 0; hops <= engine.task_count; ++hops) {
    if (at->pending.deadline != no_deadline || readiness(*at, engine.now_ns) != Ready::no) return;
    const int holder = holder_of(*at);
    if (holder == nobody) return;
    const Task& next = engine.tasks[holder];
    const bool gone = next.finished && at->pending.kind != OpKind::join;
    if (&next == &task || gone) {
      capture_ends();
      end_execution(Outcome::deadlock, gone ? "a task waits for a lock whose holder has ended" : "tasks wait for each other in a circle");
    }
    at = &next;
  }
}

}  // namespace lockstep::engine
