#include "harness/pipeline/run_tests.hpp"

#include <algorithm>

#include "harness/model/fault.hpp"
#include "harness/pipeline/collect.hpp"

namespace lockstep::pipeline {
namespace {

using model::Engine;

std::string join(const std::vector<std::string>& tests) {
  std::string filter;
  for (const std::string& test : tests) filter += (filter.empty() ? "" : ":") + test;
  return filter;
}

std::vector<model::TestRun> faulty(const std::vector<std::string>& tests, const std::string& reason) {
  std::vector<model::TestRun> runs;
  for (const std::string& test : tests) {
    model::TestRun run;
    run.test = test;
    run.fault = reason;
    runs.push_back(std::move(run));
  }
  return runs;
}

bool inconclusive(const run::Ended& ended) { return ended.end.cut == model::Cut::wall_time || ended.end.cut == model::Cut::starved; }

bool any_failed(const std::vector<model::TestRun>& runs) {
  return std::any_of(runs.begin(), runs.end(), [](const model::TestRun& run) { return run.outcome == model::Outcome::failed; });
}

std::vector<model::TestRun> launch(const PlannedRun& planned, std::uint64_t seed, const std::vector<std::string>& tests,
                                   const RunContext& context) {
  const run::Command command = plan_command(planned, seed, tests, context);
  try {
    const auto collect = [&](const run::Ended& ended) {
      return collect_runs(tests, planned.ranks, ended, context.built.executables.at(planned.program), context.workspace, context.runner);
    };
    run::Ended ended = context.runner.run(command);
    if (inconclusive(ended)) ended = context.runner.run_alone(command);
    if (ended.end.cut == model::Cut::wall_time) context.out_of_patience = true;
    std::vector<model::TestRun> runs = collect(ended);
    if (planned.measures && any_failed(runs)) runs = collect(context.runner.run_alone(command));
    return runs;
  } catch (const model::Fault& fault) {
    return faulty(tests, fault.what());
  }
}

bool has_evidence(const model::TestRun& run) {
  return !run.failures.empty() || !run.races.empty() || !run.reports.empty() || !run.hygiene.empty() || !run.stuck.empty() || run.exploration ||
         !run.fault.empty() || run.outcome == model::Outcome::failed || run.outcome == model::Outcome::not_implemented ||
         run.outcome == model::Outcome::skipped;
}

// Of one launch of several tests: keeps those that are decided, and returns the others, which another launch must run. A launch that a test
// ended early says nothing about the tests that had not begun, and has no end record for those that had passed. The test that ended it is
// decided, so each launch decides at least one. How the launch ended belongs to that test alone.
std::vector<std::string> keep_decided(std::vector<model::TestRun>& runs) {
  const bool whole = std::all_of(runs.begin(), runs.end(), [](const model::TestRun& run) { return run.sealed; });
  if (whole) return {};
  auto culprit = std::find_if(runs.begin(), runs.end(), [](const model::TestRun& run) { return !run.stuck.empty(); });
  if (culprit == runs.end())
    culprit = std::find_if(runs.begin(), runs.end(), [](const model::TestRun& run) { return run.outcome == model::Outcome::silent; });
  if (culprit == runs.end()) culprit = std::prev(runs.end());
  std::vector<model::TestRun> decided;
  std::vector<std::string> undecided;
  for (auto run = runs.begin(); run != runs.end(); ++run) {
    if (run != culprit && !has_evidence(*run)) {
      undecided.push_back(run->test);
      continue;
    }
    if (run != culprit) {
      run->end.how = model::How::exited;
      run->end.cut = model::Cut::none;
    }
    decided.push_back(std::move(*run));
  }
  runs = std::move(decided);
  return undecided;
}

std::string plan_of(const model::Exploring& exploring, std::uint64_t seed) {
  return "budget=" + std::to_string(exploring.budget) + ";bound=" + std::to_string(exploring.bound) + ";time=" + (exploring.adversarial ? "adversarial" : "idle") +
         ";spurious=" + (exploring.spurious ? "1" : "0") + ";seed=" + std::to_string(seed);
}

}  // namespace

run::Command plan_command(const PlannedRun& planned, std::uint64_t seed, const std::vector<std::string>& tests, const RunContext& context) {
  const bool mpi = context.exercise.uses_mpi();
  const std::filesystem::path executable = context.built.executables.at(planned.program);
  run::Command command;
  const std::string inside = "/test/" + executable.filename().string();
  command.argv = {inside};
  if (planned.arguments)
    command.argv.insert(command.argv.end(), planned.arguments->begin(), planned.arguments->end());
  else
    command.argv.push_back("--gtest_filter=" + join(tests));
  command.env = {"PATH=/usr/bin:/bin",
                 "HOME=/tmp",
                 "TMPDIR=/tmp",
                 "LANG=C.UTF-8",
                 "LOCKSTEP_ENGINE=" + std::string(word_of(planned.engine)),
                 "LOCKSTEP_SEED=" + std::to_string(seed)};
  for (const std::string& variable : build::engine_environment(planned.engine, context.built)) command.env.push_back(variable);
  command.mounts = {{executable.string(), inside, false}};  // not its folder: the hidden tests lie there too
  command.limits = limits_of(planned.engine, mpi);
  if (context.out_of_patience) command.limits.wall /= 6;
  if (planned.engine == Engine::lockstep) command.env.push_back("LOCKSTEP_PLAN=" + plan_of(planned.exploring, seed));
  command.fixed_addresses = planned.engine == Engine::tsan || planned.engine == Engine::lockstep;
  command.may_ptrace = planned.engine == Engine::asan;
  command.channel = true;
  command.ranks = planned.ranks;
  command.prove_deadlock = !mpi && planned.engine != Engine::lockstep;  // the engine proves it in its own way
  return command;
}

std::vector<model::TestRun> run_tests(const PlannedRun& planned, const RunContext& context) {
  std::vector<model::TestRun> all;
  for (std::size_t repetition = 0; repetition < planned.seeds.size(); ++repetition) {
    std::vector<std::string> left = planned.tests;
    while (!left.empty()) {
      std::vector<model::TestRun> runs = launch(planned, planned.seeds[repetition], left, context);
      left = planned.ranks > 0 ? keep_decided(runs) : std::vector<std::string>{};
      for (model::TestRun& run : runs) {
        run.program = planned.program;
        run.engine = planned.engine;
        run.seed = planned.seeds[repetition];
        run.repetition = static_cast<int>(repetition);
        all.push_back(std::move(run));
      }
    }
    if (std::any_of(all.begin(), all.end(), [](const model::TestRun& run) { return run.end.how == model::How::cut; })) break;
  }
  return all;
}

}  // namespace lockstep::pipeline
