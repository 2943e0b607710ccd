// The record of one grading: complete enough to score, render and dispute it without running anything.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "harness/model/engine.hpp"
#include "harness/model/exercise.hpp"
#include "harness/model/observation.hpp"
#include "harness/model/verdict.hpp"

namespace lockstep::model {

inline constexpr int record_schema = 1;

struct Trace {  // one thread, access or rank of a finding
  std::string title;          // "thread 1 writes 8 bytes", "rank 2 waits in MPI_Recv(source=1)"
  std::vector<Frame> frames;  // the student's own, innermost first
};

struct ScheduleRow {   // one step of a schedule, as a reader sees it
  int lane = 0;
  std::string text;    // "locks mutex", "reads 0"
  std::string file;    // the student's line, or the test's
  int line = 0;
  std::string reason;  // why this task runs now and not the one before; empty: it goes on
  bool fatal = false;  // no step: what went wrong in the end, or a wait that never ends
};

struct ScheduleSpan {  // what lasts over several rows of a lane
  int lane = 0;
  std::string what;  // "exists", "holds" or "waits"
  std::string name;  // of the lock that is held
  int from = 0;      // rows
  int to = 0;        // the number of rows: it has no end
};

struct ScheduleArrow {  // whom the step of this row concerns
  int row = 0;
  int lane = 0;
  std::string what;  // "starts", "wakes", "sends", "waits for" or "races with"
};

struct Schedule {
  std::vector<std::string> lanes;  // names of the threads or ranks; empty: there is none to tell
  std::vector<ScheduleRow> rows;
  std::string choices;             // what replays it
  std::vector<ScheduleSpan> spans;
  std::vector<ScheduleArrow> arrows;
  bool parallel = false;  // of ranks: all lanes run at once, and a row is no turn of anybody's
};

struct Finding {  // why a check did not pass, in words for a student
  std::string what;  // what happened, one or two sentences
  std::string why;   // why it is wrong
  std::vector<Trace> traces;
  std::string test;    // the test that showed it; empty in a student's view of a hidden check
  std::string output;  // tail of what the program printed, or of the compiler's message
  Schedule schedule;   // that led there, from the engine lockstep; or who waits for whom, from the engine mpi
};

struct CheckResult {
  std::string id;
  std::string says;
  Engine engine = Engine::native;
  int points = 0;  // possible
  bool hidden = false;
  Verdict verdict = Verdict::infra_error;
  std::string blocked_by;  // the check that did not pass
  std::vector<Finding> findings;  // most severe first
  std::string coverage;  // of the engine lockstep, if it passed: how much was looked at, in words
};

struct Protection {
  std::string name;  // "own process tree", "no network", "memory limit", "separate user", ...
  bool in_force = false;
  std::string how;  // the mechanism, or why it is missing
};

struct SubmittedFile {
  std::string name;
  std::string sha256;
  std::string text;  // valid UTF-8, capped; empty if the file was not acceptable
};

struct Stage {  // where the time went
  std::string name;  // "compile tsan", "run native", ...
  double ms = 0;
};

struct Record {
  int schema = record_schema;
  // The verdict section: the same submission, exercise, toolchain and seed give the same bytes.
  std::string exercise;
  std::string title;
  std::string exercise_version;
  std::string submission_sha256;  // over the names and contents of the edit files
  std::uint64_t seed = 0;
  std::string toolchain;  // "gcc 12.2.0, ThreadSanitizer of LLVM 19"
  std::vector<CheckResult> checks;  // their findings are stored in the evidence section

  // The evidence section: may differ between two gradings.
  std::string submitter;      // the folder's name
  std::string student_path;   // folder of the edit files relative to the repository root, for annotations; may be empty
  std::vector<SubmittedFile> files;
  std::vector<std::string> ignored;  // what else the student changed, and that it did not count
  std::vector<std::string> notes;    // "not built by clang: ...", "protections below ..."
  std::vector<Protection> protections;
  std::string protection_level;
  std::map<std::string, std::string> host;  // kernel, cpus, ...
  std::vector<TestRun> runs;

  // The duration section.
  std::vector<Stage> stages;
};

}  // namespace lockstep::model
