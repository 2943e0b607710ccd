// One ended process to the facts about its tests: the channel's records parsed, symbolised, and joined with how the process ended.
#pragma once

#include <string>
#include <vector>

#include "harness/model/observation.hpp"
#include "harness/pipeline/pipeline.hpp"

namespace lockstep::pipeline {

// One TestRun per name of `tests`: first those that began, in that order, then the others, which are `silent`. `ranks` as in PlannedRun.
std::vector<model::TestRun> collect_runs(const std::vector<std::string>& tests, int ranks, const run::Ended& ended,
                                         const std::filesystem::path& executable, const build::Workspace& workspace, run::ProcessRunner& runner);

}  // namespace lockstep::pipeline
