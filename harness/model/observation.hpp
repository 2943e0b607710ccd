// What was seen while tests ran: facts, before anybody judges them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/engine.hpp"

namespace lockstep::model {

struct Frame {
  std::string function;   // demangled
  std::string file;       // as the student knows it ("bank.cpp"); "tests/behaviour.cpp" for a test; a system path otherwise
  int line = 0;           // 1-based; 0: not known
  bool students = false;  // in a file that the student edits
  bool library = false;   // in a system or sanitizer file: skipped when looking for the innermost frame that counts
};

struct Failure {  // one failed expectation
  std::string file;
  int line = 0;
  std::string message;
};

struct Access {
  bool write = false;
  bool atomic = false;
  int bytes = 0;
  std::string thread;        // "main thread", "thread T2 (created at bank.cpp:40)"
  std::vector<Frame> stack;  // innermost first
};

struct Race {
  std::string kind;              // "data-race", "data-race-vptr", "heap-use-after-free", "mutex misuse", ...
  std::vector<Access> accesses;  // two, unless the sanitizer lost the older one
  std::string location;          // "global 'counter'", "heap block of 40 bytes allocated at bank.cpp:12"
  bool in_tests = false;         // no access is the student's own: the course's tests are at fault
};

struct SanitizerReport {     // AddressSanitizer, UndefinedBehaviorSanitizer, LeakSanitizer
  std::string tool;          // "address", "undefined", "leak", "thread", "signal", or "mpi." and the class of the misuse
  std::string kind;          // "heap-use-after-free", "signed-integer-overflow", "leaked 40 bytes in 1 block"
  std::vector<Frame> stack;  // innermost first
  int rank = -1;             // of the world; -1: not an MPI run
};

struct Hygiene {       // something was left behind after a test
  std::string kind;    // "zombie", "child", "descriptor", "signal_mask", "signal_disposition", "returned_child", "kill_refused",
                       // "thread", "shared_memory"
  std::string detail;  // one sentence
};

struct Measurement {
  std::string name;
  double value = 0;
  double limit = 0;  // 0: shown only
  std::string unit;
};

struct StuckTask {           // a task of a hang, or of a run that a time limit cut, as the kernel or the MPI layer saw it
  int rank = -1;             // -1: not an MPI run
  std::string task;          // "main thread", "thread 3", "process 12, main thread"
  std::string waits_in;      // "futex wait (mutex, condition variable or join)", "read from a pipe", "MPI_Recv(source=1, tag=0)"
  std::vector<Frame> stack;  // innermost first; may be empty
  bool may_go_on = false;    // it computes, or sleeps no longer than a time limit says
  std::vector<int> waits_for;  // ranks that could end its wait, as far as the MPI layer knows them
};

struct Exchange {  // a message that had been received before ranks came to wait for ever; in the order of their meeting
  int from = 0;
  int to = 0;
  int tag = 0;
  std::string sent_by;  // "MPI_Isend"
  std::string received_by;
  std::vector<Frame> sent_at;
  std::vector<Frame> received_at;
};

struct ScheduleEvent {         // a visible operation in an explored schedule
  int step = 0;
  int task = 0;                // 0: the main thread
  std::string kind;            // "mutex_lock", "cond_wait", ...: OpKind of harness/inside/lockstep
  int variant = 0;             // 0: ordinary, 1: ended by its time limit, 2: woken for nothing
  int other = -1;              // another task concerned: created, joined, woken
  unsigned flags = 0;          // memory order; 256: the exchange took place
  std::uint64_t object = 0;    // what it is about: equal numbers, equal objects
  std::uint64_t object2 = 0;
  std::uint64_t value = 0;
  std::uint64_t value2 = 0;
  std::uint64_t time_ns = 0;   // virtual
  std::vector<Frame> stack;    // innermost first
};

struct ScheduleTask {   // where a task was when the schedule ended
  std::string name;     // as the program named it; may be empty
  int state = 0;        // 1: waits, 2: could go on, 3: had ended
  std::string kind;     // its next operation
  std::uint64_t object = 0;
  std::uint64_t object2 = 0;
  int holder = -1;      // the task that holds what it waits for
  std::vector<Frame> stack;
};

struct Exploration {          // what the schedules of one test showed
  std::string outcome;        // "passed", "data_race", "deadlock", ...: Outcome of harness/inside/lockstep
  std::uint64_t schedules = 0;
  std::uint64_t traces = 0;   // of them, pairwise different in the order of dependent operations
  bool every_trace = false;   // there is no other
  int complete_bound = -1;    // every schedule with at most so many preemptions was run
  std::uint64_t longest = 0;  // steps
  std::uint64_t makespan_ns = 0;
  int most_active = 0;
  std::uint64_t spin_steps = 0;
  std::string found_by;       // strategy
  std::string choices;        // of the failing schedule: what replays it
  int preemptions = 0;
  bool replayed = false;      // twice, with the same events
  std::string output;         // printed there
  std::string text;           // what ended it
  std::string detail;
  int culprit = 0;            // task
  int code = 0;               // exit status or signal
  std::vector<Frame> where;
  std::vector<Access> accesses;  // of a race
  std::vector<int> access_tasks;
  std::vector<Failure> failures;
  std::vector<ScheduleTask> tasks;
  std::uint64_t skipped_events = 0;
  std::vector<ScheduleEvent> events;
};

enum class How { exited, signalled, cut };
enum class Cut {  // why a run was ended from outside
  none,
  proven_deadlock,  // every task blocked without a timeout, nobody left to wake one
  cpu_time,
  wall_time,
  memory,
  tasks,
  output,
  cancelled,
  starved,  // the host gave the run too little CPU to say anything
};

struct ProcessEnd {
  How how = How::exited;
  int code = 0;  // exit status, or signal number
  Cut cut = Cut::none;
  double wall_ms = 0;
  double cpu_ms = 0;
  std::uint64_t peak_bytes = 0;
  std::string out;  // what the program printed, capped
  std::string err;
};

enum class Outcome { silent, passed, failed, skipped, not_implemented };  // silent: the test did not report its end

struct TestRun {  // one test in one process; for MPI all ranks together
  std::string program;
  Engine engine = Engine::native;
  std::string test;  // "Suite.Name"
  std::uint64_t seed = 0;
  int repetition = 0;
  Outcome outcome = Outcome::silent;
  bool sealed = false;          // the end record was seen, its seal is right and it lists this test
  std::string not_implemented;  // the function whose body is still the stub's
  std::vector<Failure> failures;
  std::vector<Race> races;
  std::vector<SanitizerReport> reports;
  std::vector<Hygiene> hygiene;
  std::vector<Measurement> measurements;
  std::vector<StuckTask> stuck;
  std::vector<Exchange> exchanges;  // the last ones that concern ranks in `stuck`
  std::optional<Exploration> exploration;  // by the engine lockstep
  std::string fault;  // not empty: the harness itself failed here, with the reason
  ProcessEnd end;
};

}  // namespace lockstep::model
