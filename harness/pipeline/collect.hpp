// One ended process to the facts about its tests: the channel's records parsed, symbolised, and joined with how the process ended.
#pragma once

#include <string>
#include <vector>

#include "harness/model/observation.hpp"
#include "harness/pipeline/pipeline.hpp"
#include "harness/pipeline/plan_runs.hpp"

namespace lockstep::pipeline {

// One TestRun per test of `planned`: first those that began, in that order, then the others, which are `silent`.
std::vector<model::TestRun> collect_runs(const PlannedRun& planned, const run::Ended& ended, const std::filesystem::path& executable,
                                         const build::Workspace& workspace, run::ProcessRunner& runner);

}  // namespace lockstep::pipeline
