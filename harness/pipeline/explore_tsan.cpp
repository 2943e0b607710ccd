// A program of somebody's own on real threads, under ThreadSanitizer.
#include <algorithm>
#include <chrono>

#include "harness/judge/explain.hpp"
#include "harness/judge/judge.hpp"
#include "harness/judge/own_frames.hpp"
#include "harness/judge/printed.hpp"
#include "harness/model/fault.hpp"
#include "harness/pipeline/explore.hpp"
#include "harness/pipeline/run_tests.hpp"

namespace lockstep::pipeline {
namespace {

using model::Cut;

bool races(const model::TestRun& run) {
  return std::any_of(run.races.begin(), run.races.end(), [](const model::Race& race) { return !race.in_tests; });
}

bool out_of_time(const model::TestRun& run) { return run.end.cut == Cut::cpu_time || run.end.cut == Cut::wall_time; }

// A task of a course has limits that every solution keeps; of a program of somebody's own nobody knows how long it may take.
model::Finding explain_out_of_time(const model::TestRun& run) {
  model::Finding finding = judge::explain_cpu_limit(run);
  finding.what = "The program did not end within " + (run.end.cut == Cut::cpu_time ? std::to_string(static_cast<long>(run.end.cpu_ms / 1000)) + " s of processor time."
                                                                                   : std::to_string(static_cast<long>(run.end.wall_ms / 1000)) + " s.");
  finding.why = "That proves nothing: it may compute, or look for something again and again.";
  return finding;
}

// How the program ended, said as an execution of the engine lockstep says it, so that both are told in the same words.
model::Exploration exploration_of(const model::TestRun& run) {
  model::Exploration seen;
  seen.outcome = "passed";
  seen.found_by = "ThreadSanitizer";
  seen.replayed = true;  // it happened: there is nothing to make sure of
  seen.output = judge::own_output(run);
  if (!run.reports.empty()) {  // by harness/inside/tsanprogram
    const model::SanitizerReport& end = run.reports.front();
    seen.outcome = end.tool;
    seen.text = end.kind;
    seen.where = end.stack;
    if (seen.outcome == "asserted") seen.detail = judge::place_of(judge::own_frames(end.stack));
    if (seen.outcome == "wrong_exit") seen.code = std::stoi(end.kind);
  } else if (run.end.how == model::How::exited && !run.sealed) {
    seen.outcome = "crash";
    seen.text = "leaves the process early (_exit or quick_exit)";
  }
  return seen;
}

// Whatever else a run that races showed may follow from the race.
void keep_the_race(model::TestRun& run) {
  run.reports.clear();
  run.sealed = true;
  if (run.end.cut == Cut::proven_deadlock) return;
  run.end.how = model::How::exited;
  run.end.cut = Cut::none;
  run.stuck.clear();
}

void judge_repetition(model::TestRun run, ExploreAnswer& answer) {
  if (!run.fault.empty()) throw model::Fault("ThreadSanitizer gave no answer: " + run.fault);
  if (run.end.cut == Cut::cancelled) throw model::Fault("interrupted");
  if (races(run)) keep_the_race(run);
  run.exploration = exploration_of(run);
  run.reports.clear();
  if (out_of_time(run)) {
    answer.findings = {explain_out_of_time(run)};
    answer.verdict = model::Verdict::infra_error;
  } else {
    const judge::Opinion opinion = judge::judge_run(run, model::Check{});
    answer.verdict = opinion.verdict;
    answer.findings = opinion.findings;
  }
  answer.conclusive = answer.verdict != model::Verdict::infra_error;
  answer.run = std::move(run);
}

}  // namespace

ExploreAnswer repeat_program(const ExploreRequest& request, const Repetitions& repetitions, SlottedRunner& runner, build::Builder& builder,
                             const std::filesystem::path& folder) {
  ExploreAnswer answer;
  answer.built = builder.build_program(request.program, model::Engine::tsan, folder);
  if (!answer.built.error.empty()) return answer;
  build::Built built;
  built.executables["program"] = answer.built.executable;
  built.has_fences = answer.built.has_fences;
  PlannedRun planned;
  planned.engine = model::Engine::tsan;
  planned.program = "program";
  planned.tests = {"main"};
  planned.arguments = request.arguments;
  const model::Exercise none;
  const build::Workspace workspace = workspace_of(answer.built);
  std::atomic<bool> out_of_patience = false;
  const RunContext context{none, built, workspace, runner, builder.toolchain(), out_of_patience};
  const auto begin = std::chrono::steady_clock::now();
  const auto spent = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() >= repetitions.seconds; };
  std::uint64_t runs = 0;
  do {
    planned.seeds = {seed_of(repetitions.seed, runs++)};
    judge_repetition(run_tests(planned, context).front(), answer);
  } while (answer.verdict == model::Verdict::passed && runs < repetitions.runs && !spent());
  answer.run.exploration->schedules = runs;
  answer.coverage = std::to_string(runs) + (runs == 1 ? " run" : " runs") + " under ThreadSanitizer, each with other delays";
  return answer;
}

}  // namespace lockstep::pipeline
