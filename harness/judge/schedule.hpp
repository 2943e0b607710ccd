// What the engine lockstep showed, in words: which thread did what in which order, who waits for whom, and what went wrong.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/model/exercise.hpp"
#include "harness/model/observation.hpp"
#include "harness/model/record.hpp"

namespace lockstep::judge {

struct ExplorationOpinion {
  model::Verdict verdict = model::Verdict::infra_error;
  model::Finding finding;
};

// Nothing if every schedule passed.
std::optional<ExplorationOpinion> judge_exploration(const model::TestRun& run, model::Verdict deadlock_means);

// How much was looked at: "all 24 interleavings", "all schedules with up to 2 preemptions, and 812 others".
std::string coverage_of(const model::Exploration& seen);

// The same over the runs of a check's tests, all of which passed.
std::string coverage_of(const std::vector<const model::Exploration*>& tests);

// The events as rows of a table with one lane per thread.
model::Schedule schedule_of(const model::Exploration& seen);

}  // namespace lockstep::judge
