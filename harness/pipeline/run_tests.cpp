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

std::vector<model::TestRun> faulty(const PlannedRun& planned, const std::vector<std::string>& tests, const std::string& reason) {
  std::vector<model::TestRun> runs;
  for (const std::string& test : tests) {
    model::TestRun run;
    run.program = planned.program;
    run.engine = planned.engine;
    run.test = test;
    run.seed = planned.seed;
    run.repetition = planned.repetition;
    run.fault = reason;
    runs.push_back(std::move(run));
  }
  return runs;
}

bool inconclusive(const run::Ended& ended) { return ended.end.cut == model::Cut::wall_time || ended.end.cut == model::Cut::starved; }

std::vector<model::TestRun> launch(const PlannedRun& planned, const std::vector<std::string>& tests, const RunContext& context) {
  const run::Command command = plan_command(planned, tests, context);
  try {
    run::Ended ended = planned.alone ? context.runner.run_alone(command) : context.runner.run(command);
    if (inconclusive(ended)) ended = context.runner.run_alone(command);
    PlannedRun part = planned;
    part.tests = tests;
    return collect_runs(part, ended, context.built.executables.at(planned.program), context.workspace, context.runner);
  } catch (const model::Fault& fault) {
    return faulty(planned, tests, fault.what());
  }
}

}  // namespace

run::Command plan_command(const PlannedRun& planned, const std::vector<std::string>& tests, const RunContext& context) {
  const bool mpi = context.exercise.uses_mpi();
  const std::filesystem::path executable = context.built.executables.at(planned.program);
  run::Command command;
  command.argv = {"/test/" + executable.filename().string(), "--gtest_filter=" + join(tests)};
  command.env = {"PATH=/usr/bin:/bin", "HOME=/tmp", "TMPDIR=/tmp", "LANG=C.UTF-8", "LOCKSTEP_ENGINE=" + std::string(word_of(planned.engine)),
                 "LOCKSTEP_SEED=" + std::to_string(planned.seed)};
  for (const std::string& variable : build::engine_environment(planned.engine, context.built)) command.env.push_back(variable);
  command.mounts = {{executable.parent_path().string(), "/test", false}};
  command.limits = limits_of(planned.engine, mpi);
  command.fixed_addresses = planned.engine == Engine::tsan;
  command.may_ptrace = planned.engine == Engine::asan;
  command.channel = true;
  command.ranks = mpi ? mpi_ranks : 0;
  command.prove_deadlock = !mpi;
  return command;
}

std::vector<model::TestRun> run_tests(const PlannedRun& planned, const RunContext& context) {
  std::vector<model::TestRun> all;
  std::vector<std::string> left = planned.tests;
  // Every launch has at least one test's turn, so this ends.
  while (!left.empty()) {
    std::vector<model::TestRun> runs = launch(planned, left, context);
    std::vector<std::string> later;
    bool had_a_turn = false;
    for (model::TestRun& run : runs) {
      const bool silent = run.outcome == model::Outcome::silent && run.failures.empty() && run.stuck.empty() && run.reports.empty() && run.fault.empty();
      if (context.exercise.uses_mpi() && silent && had_a_turn) {
        later.push_back(run.test);
        continue;
      }
      had_a_turn = true;
      all.push_back(std::move(run));
    }
    if (later.size() == left.size()) break;
    left = std::move(later);
  }
  return all;
}

}  // namespace lockstep::pipeline
