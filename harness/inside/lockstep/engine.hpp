// The engine inside one execution.
//
// Theory of operation. The program runs on real threads ("tasks"), but only one of them at a time: the others sleep on their batons. Before
// each visible operation a task announces it with reach(); the scheduler picks, among all tasks whose announced operation can go on, who goes
// next, and hands the baton over. When reach() returns, the operation can be carried out at once on the engine's own state: no real mutex,
// condition, futex, semaphore or clock is ever waited for. What cannot go on is simply not picked, so "nobody can go on and no timer runs" is a
// proof of deadlock, and the clock is a number.
//
// The choices are the explorer's: it runs in the parent, sends choices down and reads the log of decisions (exchange.hpp). Everything else is a
// function of the program and those choices: memory comes from one mapping, addresses are the parent's, and the clock is virtual.
//
// Nothing here may run instrumented code of the program's; `Task::inside` makes the callbacks that come nevertheless do nothing.
#pragma once

#include <pthread.h>

#include <cstdint>

#include "harness/inside/lockstep/arena.hpp"
#include "harness/inside/lockstep/exchange.hpp"
#include "harness/inside/lockstep/objects.hpp"
#include "harness/inside/lockstep/operation.hpp"
#include "harness/inside/lockstep/vector_clock.hpp"

namespace lockstep::engine {

struct CallNode;  // a place in the tree of calls (call_tree.hpp)

struct Task {
  int id = 0;
  std::uint32_t baton = 0;
  bool inside = false;   // the engine's own code runs on this thread
  bool exists = false;
  bool finished = false;
  bool detached = false;
  bool joined = false;
  bool yielded = false;          // has looked so often in vain that it goes on only when others have had their turn
  bool gives_way = false;        // its pending operation is a yield: somebody else goes on, if nothing is chosen
  bool looked_at_clock = false;  // it reads the clock now and then
  std::uint8_t timed_out = 0;  // how its pending operation ended: Variant
  pthread_t handle{};
  void* result = nullptr;
  std::uintptr_t stack_end = 0;  // one past its highest address
  void* (*routine)(void*) = nullptr;
  void* argument = nullptr;
  Operation pending;
  VectorClock clock{};      // what happened before
  VectorClock sc_floor{};   // stores that its loads may not miss, because of fences
  VectorClock at_release_fence{};
  VectorClock to_acquire{}; // what an acquire fence would learn from relaxed loads
  CallNode* node = nullptr;
  std::uint64_t plain_accesses = 0;  // since its last visible operation
  std::uint32_t idle_steps = 0;      // visible operations in a row that changed nothing
  std::uint64_t priority = 0;
  std::uint64_t op_priority = 0;
  char name[16] = {};
  Frames* frames = nullptr;  // of its last visible operation, when events are noted down
  std::uint64_t last_ran = 0;  // step
  std::uint32_t stale_reads = 0;  // in a row
};

struct Engine {
  bool active = false;  // an execution runs
  bool ended = false;   // it is over; the process is about to leave
  Order* order = nullptr;
  Report* report = nullptr;
  Task tasks[most_tasks];
  int task_count = 0;
  Task* running = nullptr;
  std::uint32_t step = 0;
  std::uint32_t decision = 0;
  std::uint64_t now_ns = 0;
  std::uint64_t work_ns = 0;  // slept by all tasks together
  std::uint64_t random = 1;
  std::uint64_t asleep = 0;       // the sleep set, as tasks
  bool sleeping_sets = false;     // from decision sleep_at on
  std::uint32_t early = 0;        // early timeouts and spurious wake-ups so far
  std::uint32_t progress = 0;     // step at which something changed last that does not pass by itself
  std::uint32_t quiet_rounds = 0; // all that can run only looked, since something changed
  std::uint32_t change_points[8] = {};
  std::uint64_t lowest_priority = 1u << 20;
  NumberMap<Mutex> mutexes;
  NumberMap<ReadWriteLock> rwlocks;
  NumberMap<Condition> conditions;
  NumberMap<Condition> futexes;  // the word's address; its waiters
  NumberMap<Semaphore> semaphores;
  NumberMap<Barrier> barriers;
  NumberMap<Once> onces;
};

extern Engine engine;
extern thread_local Task* self;  // of this thread, in an execution

// True if the calling code is the program's, in an execution: then the engine decides. Else the real function is meant.
inline bool controlled() { return engine.active && self && !self->inside && !engine.ended; }

// While it lives, the engine's own code runs.
class Inside {
 public:
  Inside() : task_(self), before_(task_ && task_->inside) {
    if (task_) task_->inside = true;
  }
  ~Inside() {
    if (task_) task_->inside = before_;
  }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

 private:
  Task* task_;
  bool before_;
};

// --- scheduler.cpp ---

// Announces `op` and comes back when it is this task's turn to carry it out. Variant: ordinary, or that its time limit ended it, or for nothing.
Variant reach(const Operation& op);
// A choice among `count` values where the standard leaves one open (which store a load sees, which waiter is woken); `cost` of each but the first.
int choose_value(int count, int cost);
// Something changed that others may wait for. `passing`: what comes and goes without an effect of its own (a lock, a time limit), so that doing it for ever
// is no progress.
void changed(bool passing = false);
// A plain write that others can see.
void progressed();
// The first task of an execution: the calling thread.
void begin_execution();
// The current task is over: somebody else goes on, for ever.
void leave_for_good();
Task* make_task();
bool can_go_on(const Task& task);

// --- noting.cpp ---
void note(OpKind kind, std::uint64_t object = 0, std::uint64_t object2 = 0, std::uint64_t value = 0, std::uint64_t value2 = 0, int other = nobody, std::uint32_t flags = 0);
// Ends the execution, now, with this outcome. `text` in the student's words, ended by 0; the pcs are the current stack.
[[noreturn]] void end_execution(Outcome outcome, const char* text, const char* detail = "", int code = 0);
void capture_stack(Frames& frames);
void capture_ends();
const char* name_of(const Task& task);

}  // namespace lockstep::engine
