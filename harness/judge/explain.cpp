#include "harness/judge/explain.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <string_view>

namespace lockstep::judge {
namespace {

using model::Finding;
using model::Frame;
using model::Trace;

constexpr std::size_t tail_bytes = 2000;

std::string tail(const std::string& text) {
  if (text.size() <= tail_bytes) return text;
  return "[...]" + text.substr(text.size() - tail_bytes);
}

Finding finding(const model::TestRun& run, std::string what, std::string why) {
  Finding result{std::move(what), std::move(why), {}, run.test, {}};
  result.output = tail(run.end.err.empty() ? run.end.out : run.end.err);
  return result;
}

// The student's own frames, innermost first; if there are none, what is nearest to them, so that a trace is never empty without a reason.
std::vector<Frame> own_frames(const std::vector<Frame>& stack) {
  std::vector<Frame> own;
  std::copy_if(stack.begin(), stack.end(), std::back_inserter(own), [](const Frame& frame) { return frame.students; });
  return own;
}

std::string place(const std::vector<Frame>& own) {
  if (own.empty() || own.front().line == 0) return {};
  return own.front().file + ":" + std::to_string(own.front().line);
}

std::string at(const std::string& where) { return where.empty() ? std::string{} : " at " + where; }

std::string describe(const model::Access& access) {
  std::string text = access.write ? "writes" : "reads";
  if (access.bytes > 0) text += " " + std::to_string(access.bytes) + (access.bytes == 1 ? " byte" : " bytes");
  if (access.atomic) text += " (as an atomic)";
  return text;
}

struct SignalRow {
  int number;
  std::string_view name;
  std::string_view means;
};
constexpr std::array<SignalRow, 9> signal_table{{
    {SIGSEGV, "SIGSEGV", "memory was used that does not belong to the program: a null or dangling pointer, an index out of range, an endless recursion"},
    {SIGABRT, "SIGABRT", "the program gave up: an exception that nobody caught, a joinable std::thread that was destroyed, a failed assertion"},
    {SIGFPE, "SIGFPE", "an integer was divided by zero"},
    {SIGILL, "SIGILL", "an instruction that does not exist was reached, often the end of a function that should return a value"},
    {SIGBUS, "SIGBUS", "memory was used that is not there: a mapped file or segment is too short"},
    {SIGPIPE, "SIGPIPE", "something was written to a pipe or socket whose reader is gone, and the signal was neither blocked nor ignored"},
    {SIGTERM, "SIGTERM", "somebody asked the program to end"},
    {SIGKILL, "SIGKILL", "somebody killed the program"},
    {SIGSYS, "SIGSYS", "a system call was made that the sandbox does not allow"},
}};

}  // namespace

Finding explain_fault(const std::string& reason) {
  return {"the grader could not judge this: " + reason, "This is not your fault and costs you nothing. Tell your instructor.", {}, {}, {}};
}

Finding explain_not_implemented(const model::TestRun& run) {
  Finding result{"not implemented yet: " + run.not_implemented, "The stub's body is still there. Write it, then check again.", {}, run.test, {}};
  return result;
}

Finding explain_failure(const model::TestRun& run, const model::Failure& failure) {
  Finding result = finding(run, failure.message, "The task promises something else; see its README for the guarantee with this name.");
  if (!failure.file.empty()) result.traces.push_back({"the expectation", {{run.test, failure.file, failure.line, false, false}}});
  return result;
}

Finding explain_race(const model::TestRun& run, const model::Race& race) {
  std::string what;
  Finding result;
  if (race.accesses.size() >= 2) {
    const auto& first = race.accesses[0];
    const auto& second = race.accesses[1];
    what = first.thread + " " + describe(first) + at(place(own_frames(first.stack))) + " while " + second.thread + " " + describe(second) +
           at(place(own_frames(second.stack)));
    if (!race.location.empty()) what += "; the memory is " + race.location;
    what += ". Nothing orders the two.";
  } else {
    what = "ThreadSanitizer reports: " + race.kind + (race.location.empty() ? "" : " on " + race.location);
  }
  result = finding(run, what,
                   "Two threads use the same memory, at least one of them writes, and no lock, atomic, join or other synchronisation makes one happen "
                   "before the other. The behaviour of such a program is undefined ([intro.races]): it may lose updates, see half a value, or work until "
                   "the day it matters.");
  for (const model::Access& access : race.accesses) result.traces.push_back({access.thread + " " + describe(access), own_frames(access.stack)});
  return result;
}

Finding explain_report(const model::TestRun& run, const model::SanitizerReport& report) {
  const std::vector<Frame> own = own_frames(report.stack);
  Finding result;
  if (report.tool == "leak")
    result = finding(run, report.kind + (own.empty() ? "" : ", allocated" + at(place(own))), "Memory that is allocated must be freed before the program ends; "
                                                                                             "let an object own it (std::unique_ptr, a container).");
  else if (report.tool == "undefined")
    result = finding(run, "undefined behaviour" + at(place(own)) + ": " + report.kind, "The language gives this operation no meaning; the compiler may do anything.");
  else
    result = finding(run, report.kind + at(place(own)), "Memory is used outside of its bounds or its lifetime. It may seem to work, and breaks elsewhere.");
  result.traces.push_back({report.tool == "leak" ? "allocated here" : "happened here", own});
  return result;
}

Finding explain_hygiene(const model::TestRun& run, const model::Hygiene& hygiene) {
  return finding(run, hygiene.detail, "A call must leave the process as it found it: every child reaped, every descriptor closed, every thread joined, signals as they were.");
}

Finding explain_measurement(const model::TestRun& run, const model::Measurement& measurement) {
  const auto number = [](double value) {
    std::string text = std::to_string(value);
    return text.substr(0, text.find('.') + 2);
  };
  return finding(run, measurement.name + ": " + number(measurement.value) + " " + measurement.unit + ", at most " + number(measurement.limit) + " " + measurement.unit + " are allowed",
                 measurement.name.starts_with("idle") ? "A thread that waits must sleep until it is woken. One that looks again and again (spins, yields, polls) takes the "
                                                        "processor from the threads that could end its wait."
                                                      : "More work is done than the task allows.");
}

Finding explain_hang(const model::TestRun& run, const model::Check& check) {
  const bool overlap = check.deadlock_means == model::Verdict::not_concurrent;
  const bool ranks = std::any_of(run.stuck.begin(), run.stuck.end(), [](const model::StuckTask& task) { return task.rank >= 0; });
  std::string what = ranks ? "no rank can go on: each waits for a message or a call that no other rank will make"
                           : "no thread can go on: each one waits, none has a timeout, and nobody is left who could wake one";
  if (overlap) what = "work that must be able to overlap does not: one part waits for the other, and the other is not allowed to start";
  Finding result = finding(run, what,
                           overlap ? "The task allows independent operations to run at the same time; here one keeps the other out, so the two can never meet."
                                   : "This is a deadlock. It was proven by looking at every waiting task, not by a timeout.");
  for (const model::StuckTask& task : run.stuck) {
    std::string title = task.rank >= 0 ? "rank " + std::to_string(task.rank) : task.task;
    result.traces.push_back({title + " waits in " + task.waits_in, own_frames(task.stack)});
  }
  return result;
}

Finding explain_signal(const model::TestRun& run) {
  const auto row = std::find_if(signal_table.begin(), signal_table.end(), [&](const SignalRow& r) { return r.number == run.end.code; });
  if (row == signal_table.end()) return finding(run, "the program was ended by signal " + std::to_string(run.end.code), "A right program ends by itself.");
  return finding(run, "the program was ended by " + std::string(row->name) + ": " + std::string(row->means), "A right program ends by itself.");
}

Finding explain_limit(const model::TestRun& run) {
  const std::string_view which = run.end.cut == model::Cut::memory ? "memory" : run.end.cut == model::Cut::tasks ? "threads and processes" : "output";
  return finding(run, "the program was stopped because it used more " + std::string(which) + " than any solution needs", "Something grows without an end: look for a loop or a recursion that never stops.");
}

Finding explain_cpu_limit(const model::TestRun& run) {
  return finding(run, "the program computed for " + std::to_string(static_cast<long>(run.end.cpu_ms / 1000)) + " s of processor time and got no further",
                 "Steps are taken without progress: a loop that waits by looking again and again, or threads that keep undoing each other's steps.");
}

Finding explain_wall_limit(const model::TestRun& run) {
  return finding(run, "the test did not end within " + std::to_string(static_cast<long>(run.end.wall_ms / 1000)) + " s, also when it ran alone",
                 "It neither computes nor is provably stuck: look for sleeps, or for waits with a timeout that are repeated for ever.");
}

Finding explain_unfinished(const model::TestRun& run) {
  std::string what = "the program ended before the test had reported";
  if (run.end.how == model::How::exited) what += " (exit status " + std::to_string(run.end.code) + ")";
  return finding(run, what, "A test counts only if it runs to its end: nothing may leave the process early (exit, _exit, abort in a constructor, a destructor or a thread).");
}

}  // namespace lockstep::judge
