// Carries out one planned run: starts it, starts again what has to be, and collects the facts.
#pragma once

#include <atomic>
#include <vector>

#include "harness/build/build.hpp"
#include "harness/model/observation.hpp"
#include "harness/pipeline/plan_runs.hpp"
#include "harness/pipeline/slots.hpp"

namespace lockstep::pipeline {

struct RunContext {
  const model::Exercise& exercise;
  const build::Built& built;
  const build::Workspace& workspace;
  SlottedRunner& runner;
  const build::Toolchain& toolchain;
  std::atomic<bool>& out_of_patience;  // of one grading: a run reached the wall-time backstop also alone, so the others get less time
};

// The command that runs `tests` of a planned run under one of its seeds. Pure.
run::Command plan_command(const PlannedRun& planned, std::uint64_t seed, const std::vector<std::string>& tests, const RunContext& context);

// One TestRun per test of `planned` and repetition. After a repetition that was cut (it hangs, or computes for ever) there is no other: it would
// cost as much and say the same. A run that reached the wall-time backstop, or on a host too busy to judge it, is run again alone before
// anything is said about it. What else runs can only add to what is measured, so a measurement that passes beside others stands, and one that
// fails is made again alone, and that one counts. An MPI launch that a hang ended is followed by launches of the tests that had not had their turn. A fault of ours
// is in TestRun::fault.
std::vector<model::TestRun> run_tests(const PlannedRun& planned, const RunContext& context);

}  // namespace lockstep::pipeline
