#include "harness/judge/judge.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "harness/judge/explain.hpp"
#include "harness/judge/schedule.hpp"
#include "harness/judge/mpi_classes.hpp"

namespace lockstep::judge {
namespace {

using model::Finding;
using model::Verdict;

struct Candidate {
  Verdict verdict;
  Finding finding;
};

bool in_submission(const model::StuckTask& task) {
  return std::any_of(task.stack.begin(), task.stack.end(), [](const model::Frame& frame) { return frame.students; });
}

bool in_fixture(const model::StuckTask& task) {
  return std::any_of(task.stack.begin(), task.stack.end(),
                     [](const model::Frame& frame) { return frame.file.starts_with("harness/inside/testkit/"); });
}

// Who kept a run that a time limit cut from its end: of the tasks that may go on, one inside the submission, or one of ours that still looks for
// something (a fixture). Nothing is known of a stack that could not be read.
struct Busy {
  bool submission = false;
  bool fixture = false;
};

Busy who_is_busy(const model::TestRun& run) {
  Busy busy;
  for (const model::StuckTask& task : run.stuck) {
    if (!task.may_go_on) continue;
    if (in_submission(task))
      busy.submission = true;
    else if (in_fixture(task))
      busy.fixture = true;
  }
  return busy;
}

// A run that was cut: what the cut proves. Processor time is used up by the submission unless only a fixture is seen at it; a cut by wall time
// proves something only if the submission is seen to sleep or to look again and again. On a host that gave the run no processor nothing is
// proven.
void add_cut(const model::TestRun& run, const model::Check& check, std::vector<Candidate>& candidates) {
  switch (run.end.cut) {
    case model::Cut::none:
      break;
    case model::Cut::proven_deadlock:
      candidates.push_back({check.deadlock_means, explain_hang(run, check)});
      break;
    case model::Cut::cpu_time:
      if (const Busy busy = who_is_busy(run); busy.fixture && !busy.submission)
        candidates.push_back({Verdict::infra_error, explain_fault("the test itself used up its processor time")});
      else
        candidates.push_back({Verdict::livelock, explain_cpu_limit(run)});
      break;
    case model::Cut::wall_time:
      if (const Busy busy = who_is_busy(run); busy.submission && !busy.fixture)
        candidates.push_back({Verdict::unfinished, explain_wall_limit(run)});
      else
        candidates.push_back(
            {Verdict::infra_error, explain_fault("the test did not end in time, and nothing shows that the submission kept it")});
      break;
    case model::Cut::memory:
    case model::Cut::tasks:
    case model::Cut::output:
      candidates.push_back({Verdict::crash, explain_limit(run)});
      break;
    case model::Cut::starved:
      candidates.push_back({Verdict::infra_error, explain_fault("the machine gave this run too little processor time to judge it")});
      break;
    case model::Cut::cancelled:
      candidates.push_back({Verdict::infra_error, explain_fault("grading was cancelled")});
      break;
  }
}

// What too much of it means: see the fixtures that measure (harness/inside/testkit).
Verdict verdict_of(const model::Measurement& measurement) {
  if (measurement.name.starts_with("idle")) return Verdict::livelock;
  return measurement.name.starts_with("chain") ? Verdict::not_concurrent : Verdict::too_slow;
}

std::vector<Candidate> candidates_of(const model::TestRun& run, const model::Check& check) {
  std::vector<Candidate> candidates;
  if (!run.fault.empty()) candidates.push_back({Verdict::infra_error, explain_fault(run.fault)});

  // How a lock is misused may follow from a race, and be another way the next time.
  const bool raced = !std::all_of(run.races.begin(), run.races.end(), is_misuse);
  for (const model::Race& race : run.races) {
    if (race.in_tests)
      candidates.push_back({Verdict::infra_error, explain_fault("ThreadSanitizer reported a race outside of the submission's code")});
    else if (!is_misuse(race))
      candidates.push_back({Verdict::data_race, explain_race(run, race)});
    else if (!raced)
      candidates.push_back({Verdict::crash, explain_misuse(run, race)});
  }
  for (const model::SanitizerReport& report : run.reports)
    candidates.push_back({report.tool == "leak"            ? Verdict::leak
                          : report.tool.starts_with("mpi") ? mpi_class(report.tool).verdict
                                                           : Verdict::crash,
                          explain_report(run, report)});
  for (const model::Hygiene& hygiene : run.hygiene) candidates.push_back({Verdict::leak, explain_hygiene(run, hygiene)});

  if (const auto opinion = judge_exploration(run, check.deadlock_means)) candidates.push_back({opinion->verdict, opinion->finding});

  add_cut(run, check, candidates);
  if (run.end.cut == model::Cut::none && !run.stuck.empty()) {
    // Ranks that wait only because short sends do: the program goes on today, and breaks the rule that it may not count on that.
    const bool unsafe =
        std::any_of(run.reports.begin(), run.reports.end(), [](const model::SanitizerReport& report) { return report.tool == "mpi.unsafe_send"; });
    candidates.push_back({unsafe ? Verdict::mpi_misuse : check.deadlock_means, explain_hang(run, check)});
  }
  if (run.end.how == model::How::signalled) candidates.push_back({Verdict::crash, explain_signal(run)});

  if (run.outcome == model::Outcome::not_implemented) candidates.push_back({Verdict::wrong_answer, explain_not_implemented(run)});
  // A child that runs on in the test's own code fails expectations that were never meant for it.
  const bool returned =
      std::any_of(run.hygiene.begin(), run.hygiene.end(), [](const model::Hygiene& hygiene) { return hygiene.kind == "returned_child"; });
  if (returned) return candidates;
  bool measured = false;
  for (const model::Measurement& measurement : run.measurements) {
    if (measurement.limit <= 0 || measurement.value <= measurement.limit) continue;
    candidates.push_back({verdict_of(measurement), explain_measurement(run, measurement)});
    measured = true;
  }
  for (const model::Failure& failure : run.failures)
    // A fixture that measures fails its test as well; the measurement has said it.
    if (!measured || !failure.file.starts_with("harness/")) candidates.push_back({Verdict::wrong_answer, explain_failure(run, failure)});
  if (run.outcome == model::Outcome::failed && run.failures.empty() && !run.exploration)
    candidates.push_back({Verdict::wrong_answer, explain_failure(run, {"", 0, "the test failed without saying why"})});
  if (run.outcome == model::Outcome::skipped)
    candidates.push_back({Verdict::infra_error, explain_fault("the test was skipped, so it says nothing")});

  // Nothing wrong was seen, but the positive evidence is missing too.
  if (candidates.empty() && (run.outcome == model::Outcome::silent || !run.sealed))
    candidates.push_back({Verdict::unfinished, explain_unfinished(run)});
  return candidates;
}

// How many of the places that a finding names are the student's own.
std::size_t own_places(const Finding& finding) {
  return static_cast<std::size_t>(std::count_if(finding.traces.begin(), finding.traces.end(), [](const model::Trace& trace) {
    return !trace.frames.empty() && trace.frames.front().students;
  }));
}

// Two runs that meet the same mistake differ in numbers of threads and in values; a reader wants it once. The same lines are the same mistake.
std::string gist(const Candidate& candidate) {
  std::set<std::string> places;
  if (candidate.verdict == Verdict::data_race || candidate.verdict == Verdict::deadlock || candidate.verdict == Verdict::wrong_answer)
    for (const model::Trace& trace : candidate.finding.traces)
      if (!trace.frames.empty()) places.insert(trace.frames.front().file + ":" + std::to_string(trace.frames.front().line));
  std::string text = std::string(word_of(candidate.verdict));
  for (const std::string& place : places) text += " " + place;
  return places.empty() ? text + " " + candidate.finding.what : text;
}

Opinion most_severe_of(std::vector<Candidate> candidates) {
  // A stub that is not written yet explains everything else that follows from it.
  const bool stub =
      std::any_of(candidates.begin(), candidates.end(), [](const Candidate& c) { return c.finding.what.starts_with("Not implemented yet"); });
  if (stub) std::erase_if(candidates, [](const Candidate& c) { return !c.finding.what.starts_with("Not implemented yet"); });
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    // Of equals, what shows more of the student's lines explains more.
    return std::pair(row_of(a.verdict).severity, own_places(a.finding)) > std::pair(row_of(b.verdict).severity, own_places(b.finding));
  });
  Opinion opinion;
  std::set<std::string> said;
  for (Candidate& candidate : candidates) {
    if (opinion.findings.empty()) opinion.verdict = candidate.verdict;
    // Beside a mistake that was proven, what we could not judge is no news.
    if (candidate.verdict == Verdict::infra_error && opinion.verdict != Verdict::infra_error) continue;
    if (said.insert(gist(candidate)).second && opinion.findings.size() < 5) opinion.findings.push_back(std::move(candidate.finding));
  }
  return opinion;
}

}  // namespace

Opinion judge_run(const model::TestRun& run, const model::Check& check) { return most_severe_of(candidates_of(run, check)); }

Opinion judge_check(const model::Check& check, const std::vector<std::string>& expected, const std::vector<model::TestRun>& runs) {
  if (expected.empty()) return {Verdict::infra_error, {explain_fault("no test of " + check.program + " belongs to this check")}};
  std::vector<Candidate> all;
  for (const std::string& test : expected) {
    bool ran = false;
    for (const model::TestRun& run : runs) {
      if (run.test != test || run.program != check.program || run.engine != check.engine) continue;
      ran = true;
      for (Candidate& candidate : candidates_of(run, check)) all.push_back(std::move(candidate));
    }
    if (!ran) all.push_back({Verdict::infra_error, explain_fault("the test " + test + " was not run")});
  }
  return most_severe_of(std::move(all));
}

void apply_needs(const model::Exercise& exercise, std::vector<model::CheckResult>& results) {
  const auto result_of = [&](const std::string& id) {
    return std::find_if(results.begin(), results.end(), [&](const model::CheckResult& result) { return result.id == id; });
  };
  // Checks may stand in any order; a chain is at most as long as the list of checks.
  for (std::size_t round = 0; round < exercise.checks.size(); ++round) {
    for (const model::Check& check : exercise.checks) {
      const auto result = result_of(check.id);
      if (result == results.end() || result->verdict == Verdict::blocked || result->verdict == Verdict::unavailable ||
          result->verdict == Verdict::infra_error || result->verdict == Verdict::does_not_build || result->verdict == Verdict::forbidden)
        continue;
      for (const std::string& need : check.needs) {
        const auto needed = result_of(need);
        if (needed == results.end() || needed->verdict == Verdict::passed || needed->verdict == Verdict::unavailable) continue;
        result->verdict = needed->verdict == Verdict::infra_error ? Verdict::infra_error : Verdict::blocked;
        result->blocked_by = need;
        result->findings.clear();
        break;
      }
    }
  }
}

}  // namespace lockstep::judge
