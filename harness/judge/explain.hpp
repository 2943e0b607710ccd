// Findings in words for a second-year student: what happened, on which of their lines, why it is wrong. One function per kind of evidence.
#pragma once

#include <string>

#include "harness/model/exercise.hpp"
#include "harness/model/observation.hpp"
#include "harness/model/record.hpp"

namespace lockstep::judge {

model::Finding explain_fault(const std::string& reason);
model::Finding explain_not_implemented(const model::TestRun& run);
model::Finding explain_failure(const model::TestRun& run, const model::Failure& failure);
model::Finding explain_race(const model::TestRun& run, const model::Race& race);
// Of a lock, which ThreadSanitizer reports as it does a race.
bool is_misuse(const model::Race& race);
model::Finding explain_misuse(const model::TestRun& run, const model::Race& misuse);
model::Finding explain_report(const model::TestRun& run, const model::SanitizerReport& report);
model::Finding explain_hygiene(const model::TestRun& run, const model::Hygiene& hygiene);
model::Finding explain_measurement(const model::TestRun& run, const model::Measurement& measurement);
model::Finding explain_hang(const model::TestRun& run, const model::Check& check);
model::Finding explain_signal(const model::TestRun& run);
model::Finding explain_limit(const model::TestRun& run);
model::Finding explain_cpu_limit(const model::TestRun& run);
model::Finding explain_wall_limit(const model::TestRun& run);
model::Finding explain_unfinished(const model::TestRun& run);

}  // namespace lockstep::judge
