#include "harness/judge/explain.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <csignal>
#include <string_view>

#include "harness/judge/mpi_classes.hpp"
#include "harness/judge/own_frames.hpp"
#include "harness/judge/printed.hpp"
#include "harness/judge/waits.hpp"

namespace lockstep::judge {
namespace {

using model::Finding;
using model::Frame;
using model::Trace;

// Facts arrive as phrases; a finding is read alone.
std::string sentence(std::string text) {
  if (text.empty()) return text;
  text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  if (std::string_view(".!?").find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

Finding finding(const model::TestRun& run, std::string what, std::string why) {
  return {std::move(what), std::move(why), {}, run.test, own_output(run)};
}

// Did the student's code touch the memory itself, or was it the test, perhaps called by the student's code?
bool touches_itself(const model::Access& access) {
  const auto first = std::find_if(access.stack.begin(), access.stack.end(), [](const Frame& frame) { return !frame.library; });
  return first != access.stack.end() && first->students;
}

// Where in the submission those tasks were that could have gone on when the run was cut.
std::vector<Trace> busy_traces(const model::TestRun& run) {
  std::vector<Trace> traces;
  for (const model::StuckTask& task : run.stuck)
    if (const std::vector<Frame> own = own_frames(task.stack); task.may_go_on && !own.empty())
      traces.push_back({task.task + " was here when it was stopped", own});
  return traces;
}

std::string describe(const model::Access& access) {
  std::string text = access.write ? "writes" : "reads";
  if (access.bytes > 0) text += " " + std::to_string(access.bytes) + (access.bytes == 1 ? " byte" : " bytes");
  if (access.atomic) text += " (as an atomic)";
  return text;
}

std::string name_of(const std::string& thread) { return thread == "main thread" ? "the main thread" : thread; }

// "global 'counter'", "heap block of 40 bytes allocated at bank.cpp:12": what ThreadSanitizer says, with an article.
std::string memory(const std::string& location) {
  if (location.starts_with("global ")) return "the global variable " + location.substr(7);
  return (location.starts_with("heap ") || location.starts_with("file ") ? "a " : "") + location;
}

struct SignalRow {
  int number;
  std::string_view name;
  std::string_view means;
  std::string_view look;
};
constexpr std::array<SignalRow, 9> signal_table{{
    {SIGSEGV, "SIGSEGV", "it used memory that is not its own",
     "Look for a null or dangling pointer, an index out of range, or a recursion without an end."},
    {SIGABRT, "SIGABRT", "it gave up",
     "That is how an exception that nobody catches ends, a std::thread that is destroyed while it can be joined, or a failed assertion."},
    {SIGFPE, "SIGFPE", "it divided an integer by zero", "Look for a divisor, or the right side of a %, that can be zero."},
    {SIGILL, "SIGILL", "it reached an instruction that does not exist",
     "Often that is the end of a function that should have returned a value."},
    {SIGBUS, "SIGBUS", "it used memory that is not there",
     "A mapped file or a segment of shared memory is shorter than what is read or written."},
    {SIGPIPE, "SIGPIPE", "it wrote to a pipe or socket that nobody can read any more",
     "Unless a program ignores SIGPIPE, such a write ends it. Ignore the signal; the write then fails with EPIPE, and you can act on that."},
    {SIGTERM, "SIGTERM", "it was asked to end", "Look for a kill that reaches more processes than it should."},
    {SIGKILL, "SIGKILL", "it was killed",
     "Look for a kill that reaches the wrong process: the pid 0 is the whole group, -1 is everybody; or for code that runs here and not in the "
     "child that it was meant for."},
    {SIGSYS, "SIGSYS", "it made a system call that the sandbox does not allow", "No exercise needs that call."},
}};

struct MisuseRow {
  std::string_view kind;  // as ThreadSanitizer calls it
  std::string_view what;
  std::string_view why;
};
constexpr std::array<MisuseRow, 6> misuse_table{{
    {"mutex-bad-unlock", "a mutex is unlocked by a thread that does not hold it", "Only the thread that locked a mutex may unlock it, once for each time."},
    {"mutex-bad-read-unlock", "a lock for reading is given back by a thread that does not hold it", "Only the thread that took a lock may give it back, once for each time."},
    {"mutex-bad-read-lock", "a lock is taken for reading by a thread that holds it for writing", "That waits for itself: give the lock back first."},
    {"mutex-double-lock", "a mutex is locked again by the thread that holds it", "That waits for itself, unless the mutex is a recursive one."},
    {"mutex-invalid-access", "a mutex is used that was destroyed, or was never there", "A mutex must live until the last thread has unlocked it."},
    {"locked-mutex-destroy", "a mutex is destroyed that is still locked", "A mutex must live until the last thread has unlocked it."},
}};
const MisuseRow* misuse_row(const model::Race& race) {
  const auto row = std::find_if(misuse_table.begin(), misuse_table.end(), [&](const MisuseRow& r) { return r.kind == race.kind; });
  return row == misuse_table.end() ? nullptr : &*row;
}

struct LeftBehindRow {
  std::string_view kind;
  std::string_view why;
};
constexpr std::array<LeftBehindRow, 10> left_behind_table{{
    {"zombie",
     "A child that has ended stays in the system's table until its parent asks for it: call waitpid for every child, on every way out."},
    {"child", "When a call returns, every process that it started has ended and has been waited for."},
    {"returned_child",
     "What a child does between fork and its end is its own: it must never run on into its parent's code. End it with _exit, also when "
     "something throws."},
    {"descriptor",
     "Every descriptor that a call opens it also closes, on every way out, and no other. One that stays open keeps readers of a pipe waiting "
     "for an end that "
     "never comes."},
    {"kill_refused", "Send signals only to processes that you have started and not yet waited for; the pids 0 and -1 reach others."},
    {"shared_memory",
     "Shared memory outlives the processes that use it until somebody removes it: unlink it, or mark it for removal, on every way out."},
    {"signal_mask", "A caller must find its signals as it left them."},
    {"signal_disposition", "A caller must find its signals as it left them."},
    {"thread", "Join every thread that you start, on every way out; std::jthread does it in its destructor."},
    {"message", "Every message that is sent must be received: what is left is taken by the next receive that it happens to match."},
}};

}  // namespace

Finding explain_fault(const std::string& reason) {
  return {"The grader could not judge this: " + reason + ".", "This is not your fault and costs you nothing. Tell your instructor.", {}, {}, {}};
}

Finding explain_not_implemented(const model::TestRun& run) {
  return {"Not implemented yet: " + run.not_implemented, "The stub's body is still there. Write it, then check again.", {}, run.test, {}};
}

Finding explain_failure(const model::TestRun& run, const model::Failure& failure) {
  Finding result =
      finding(run, failure.message, "The task promises something else. Its README states what must hold; the test shows what was tried.");
  const bool ours = failure.file.starts_with("harness/");
  if (!failure.file.empty() && !ours) result.traces.push_back({"the expectation", {{run.test, failure.file, failure.line, false, false}}});
  return result;
}

Finding explain_race(const model::TestRun& run, const model::Race& race) {
  std::string what = "ThreadSanitizer reports: " + race.kind + (race.location.empty() ? "" : " on " + memory(race.location)) + ".";
  bool own = false;
  Finding result = finding(run, "", "");
  for (const model::Access& access : race.accesses) own = own || touches_itself(access);
  if (race.accesses.size() >= 2) {
    // ThreadSanitizer notices a race at the later access, and names that one first.
    const model::Access& first = race.accesses[1];
    const model::Access& second = race.accesses[0];
    what = sentence(name_of(first.thread) + " " + describe(first) + at_place(own_frames(first.stack)) + ", then " + name_of(second.thread) + " " +
                    describe(second) + at_place(own_frames(second.stack)) + ", and nothing orders the two");
    if (!race.location.empty()) what += " The memory is " + memory(race.location) + ".";
    result.traces.push_back({"first, " + name_of(first.thread) + " " + describe(first), own_frames(first.stack)});
    result.traces.push_back({"then " + name_of(second.thread) + " " + describe(second), own_frames(second.stack)});
  } else {
    for (const model::Access& access : race.accesses)
      result.traces.push_back({access.thread + " " + describe(access), own_frames(access.stack)});
  }
  result.what = what;
  result.why =
      own ? "This time they came in that order; the next time they may overlap or come the other way round. No lock that both hold, no "
            "atomic, no join makes one "
            "happen before the other, so the program has no defined meaning ([intro.races]): it may lose updates, see half a value, or "
            "work until the day it matters."
          : "Both accesses are the test's own, before and after calls of your code that should order them: what one thread did before its call "
            "must be there for the other "
            "after its own. Your code lets both through without making one happen before the other ([intro.races]).";
  return result;
}

bool is_misuse(const model::Race& race) { return misuse_row(race) != nullptr; }

Finding explain_misuse(const model::TestRun& run, const model::Race& misuse) {
  const MisuseRow& row = *misuse_row(misuse);
  // The first stack is the call's; others say where the mutex was made or locked.
  const std::vector<Frame> own = misuse.accesses.empty() ? std::vector<Frame>{} : own_frames(misuse.accesses.front().stack);
  Finding result = finding(run, sentence(std::string(row.what) + at_place(own)), std::string(row.why));
  result.traces.push_back({"the call", own});
  return result;
}

Finding explain_report(const model::TestRun& run, const model::SanitizerReport& report) {
  const std::vector<Frame> own = own_frames(report.stack);
  if (report.tool == "leak") {
    Finding result =
        finding(run, sentence(report.kind + (own.empty() ? "" : ", allocated" + at_place(own))),
                "Memory that is allocated must be freed before the program ends; let an object own it (std::unique_ptr, a container).");
    result.traces.push_back({"allocated here", own});
    return result;
  }
  if (report.tool.starts_with("mpi")) {
    const bool says_where = report.kind.find(place_of(own)) != std::string::npos;
    Finding result = finding(run, sentence(report.kind + (says_where ? "" : at_place(own))), std::string(mpi_class(report.tool).why));
    result.traces.push_back({"the call", own});
    return result;
  }
  const bool undefined = report.tool == "undefined";
  Finding result =
      finding(run, sentence((undefined ? "undefined behaviour" + at_place(own) + ": " + report.kind : report.kind + at_place(own))),
              undefined ? "The language gives this operation no meaning, so the compiler may do anything with it."
                        : "Memory is used outside of its bounds or its lifetime. It may seem to work, and breaks elsewhere.");
  result.traces.push_back({"happened here", own});
  return result;
}

Finding explain_hygiene(const model::TestRun& run, const model::Hygiene& hygiene) {
  const auto row =
      std::find_if(left_behind_table.begin(), left_behind_table.end(), [&](const LeftBehindRow& r) { return r.kind == hygiene.kind; });
  return finding(run, sentence(hygiene.detail),
                 row != left_behind_table.end() ? std::string(row->why) : "A call must leave the process as it found it.");
}

Finding explain_measurement(const model::TestRun& run, const model::Measurement& measurement) {
  const auto number = [](double value) {
    std::string text = std::to_string(value);
    text.resize(text.find('.') + 2);
    return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
  };
  const std::string unit = measurement.unit.empty() ? "" : " " + measurement.unit;
  const std::string allowed = "; at most " + number(measurement.limit) + unit + " are allowed.";
  if (measurement.name.starts_with("idle "))
    return finding(run,
                   "Threads that only had to wait came to " + number(measurement.value) + unit + (unit.empty() ? " " : " of ") +
                       measurement.name.substr(5) + allowed,
                   "A thread that waits must sleep until it is woken. One that looks again and again (spins, yields, polls, naps) takes the "
                   "processor from the threads "
                   "that could end its wait.");
  if (measurement.name.starts_with("chain"))
    return finding(run, "Ranks wait for each other in a row: the longest " + measurement.name + " has " + number(measurement.value) + " steps; at most " +
                       number(measurement.limit) + " are allowed.",
                   "Messages that could move at the same time move one after the other. It is counted along the messages, with every send waiting for its "
                   "receive; a clock plays no part.");
  return finding(run, measurement.name + ": " + number(measurement.value) + unit + allowed,
                 "More work is done than the task allows. It is counted, not timed: a busy machine changes nothing.");
}

Finding explain_hang(const model::TestRun& run, const model::Check& check) {
  const bool ranks = std::any_of(run.stuck.begin(), run.stuck.end(), [](const model::StuckTask& task) { return task.rank >= 0; });
  const std::string proof = "This was proven by looking at every waiting task, not by a timeout.";
  Finding result;
  if (check.deadlock_means == model::Verdict::not_concurrent)
    result = finding(
        run, "Work that must be able to overlap does not: one part waits for the other, and the other is not allowed to start.",
        "The task allows independent operations to run at the same time; here one keeps the other out, so the two can never meet. " + proof);
  else {
    const std::string advice = explain_waits(run.stuck);
    result = finding(run,
                     ranks ? "No rank can go on: each waits for a message or a call that no other rank will make."
                     : run.stuck.size() == 1
                         ? "Nobody can go on: the program waits, without a time limit, and nobody is left who could end its wait."
                         : "Nobody can go on: all of these wait, none of them with a time limit, and nobody is left who could end a wait.",
                     (advice.empty() ? "" : advice + "\n") + proof);
  }
  for (const model::StuckTask& task : run.stuck) result.traces.push_back({describe_wait(task), own_frames(task.stack)});
  if (ranks) result.schedule = schedule_of(run.stuck, run.exchanges);
  // Where the student's own lines wait comes before where the test waits for them.
  std::stable_partition(result.traces.begin(), result.traces.end(),
                        [](const Trace& trace) { return !trace.frames.empty() && trace.frames.front().students; });
  return result;
}

Finding explain_signal(const model::TestRun& run) {
  const auto row = std::find_if(signal_table.begin(), signal_table.end(), [&](const SignalRow& r) { return r.number == run.end.code; });
  if (row == signal_table.end())
    return finding(run, "The program was ended by signal " + std::to_string(run.end.code) + ".", "A right program ends by itself.");
  return finding(run, "The program was ended by " + std::string(row->name) + ": " + std::string(row->means) + ".", std::string(row->look));
}

Finding explain_limit(const model::TestRun& run) {
  const std::string_view which = run.end.cut == model::Cut::memory  ? "took more memory"
                                 : run.end.cut == model::Cut::tasks ? "started more threads and processes"
                                                                    : "printed more";
  return finding(run, "The program was stopped because it " + std::string(which) + " than any solution needs.",
                 "Something grows without an end: look for a loop or a recursion that never stops.");
}

Finding explain_cpu_limit(const model::TestRun& run) {
  Finding result = finding(
      run, "The program computed for " + std::to_string(static_cast<long>(run.end.cpu_ms / 1000)) + " s of processor time and got no further.",
      "Steps are taken without progress: a loop that waits by looking again and again, or threads that keep undoing each other's steps.");
  result.traces = busy_traces(run);
  return result;
}

Finding explain_wall_limit(const model::TestRun& run) {
  Finding result =
      finding(run, "The test did not end within " + std::to_string(static_cast<long>(run.end.wall_ms / 1000)) + " s, also when it ran alone.",
              "It neither computes nor is provably stuck: look for sleeps, or for waits with a time limit that are repeated for ever.");
  result.traces = busy_traces(run);
  return result;
}

Finding explain_unfinished(const model::TestRun& run) {
  std::string what = "The program ended before the test had reported";
  if (run.end.how == model::How::exited) what += ", with exit status " + std::to_string(run.end.code);
  return finding(run, what + ".",
                 "A test counts only if it runs to its end: nothing may leave the process early (exit, _exit or abort, in a constructor, a "
                 "destructor or a thread either).");
}

}  // namespace lockstep::judge
