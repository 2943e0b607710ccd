#include "grader/scoring/score.hpp"

#include <algorithm>

namespace lockstep::scoring {

namespace {

using model::CheckResult;
using model::Verdict;

const CheckResult* find_check(const std::vector<CheckResult>& checks, const std::string& id) {
  const auto found = std::find_if(checks.begin(), checks.end(), [&](const CheckResult& check) { return check.id == id; });
  return found == checks.end() ? nullptr : &*found;
}

// Follows blocked_by to the check that was judged. A chain that leads nowhere or in a circle is a defect of ours: null.
const CheckResult* root_cause(const std::vector<CheckResult>& checks, const CheckResult& check) {
  const CheckResult* at = &check;
  for (std::size_t steps = 0; at != nullptr && at->verdict == Verdict::blocked; ++steps) {
    if (steps == checks.size()) return nullptr;
    at = find_check(checks, at->blocked_by);
  }
  return at;
}

Standing standing_of(const std::vector<CheckResult>& checks, const CheckResult& check) {
  if (check.verdict == Verdict::passed) return Standing::earned;
  const CheckResult* cause = root_cause(checks, check);
  if (cause == nullptr) return Standing::undecided;
  if (model::blame_of(cause->verdict) == model::Blame::student) return Standing::lost;
  if (cause->verdict == Verdict::unavailable) return Standing::pending;
  return Standing::undecided;  // infra_error, or blocked by a check that passed: the record contradicts itself, which is not the student's fault
}

}  // namespace

Grade score(const model::Record& record) {
  Grade grade;
  for (const CheckResult& check : record.checks) {
    const Standing standing = standing_of(record.checks, check);
    const int earned = standing == Standing::earned ? check.points : 0;
    grade.checks.push_back({check.id, standing, earned, check.points});
    grade.earned += earned;
    grade.possible += check.points;
    if (standing == Standing::undecided) {
      grade.undecided += check.points;
      grade.provisional = true;
    } else if (standing == Standing::pending) {
      grade.pending += check.points;
    } else {
      grade.graded_points += check.points;
    }
  }
  grade.complete = std::none_of(grade.checks.begin(), grade.checks.end(), [](const CheckGrade& check) {
    return check.standing == Standing::undecided || check.standing == Standing::pending;
  });
  return grade;
}

}  // namespace lockstep::scoring
