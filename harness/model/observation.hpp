// What was seen while tests ran: facts, before anybody judges them.
#pragma once

#include <cstdint>
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
  std::string fault;  // not empty: the harness itself failed here, with the reason
  ProcessEnd end;
};

}  // namespace lockstep::model
