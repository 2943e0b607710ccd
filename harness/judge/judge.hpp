// Facts to verdicts. Pure: nothing here runs, reads or waits.
#pragma once

#include <string>
#include <vector>

#include "harness/model/exercise.hpp"
#include "harness/model/observation.hpp"
#include "harness/model/record.hpp"

namespace lockstep::judge {

// The verdict about one test run, and why. `passed` needs positive evidence: the test reported that it passed and the end record is sealed.
struct Opinion {
  model::Verdict verdict = model::Verdict::passed;
  std::vector<model::Finding> findings;  // empty if passed
};
Opinion judge_run(const model::TestRun& run, const model::Check& check);

// The verdict of a check over every run of each of its `expected` tests (all repetitions, all seeds). Repetitions that disagree: the most severe
// wins. An expected test without any run is our own fault, never the student's.
Opinion judge_check(const model::Check& check, const std::vector<std::string>& expected, const std::vector<model::TestRun>& runs);

// Replaces verdicts of checks whose `needs` did not pass by `blocked`, following chains. A check that found evidence of its own keeps it only
// if what it needs passed: a finding behind a failed precondition may be its consequence. `infra_error` and `unavailable` are left alone.
void apply_needs(const model::Exercise& exercise, std::vector<model::CheckResult>& results);

}  // namespace lockstep::judge
