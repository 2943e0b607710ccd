#include "grader/scoring/rescore.hpp"

#include <algorithm>
#include <map>

#include "harness/model/fault.hpp"

namespace lockstep::scoring {

namespace {

using model::CheckResult;
using model::Verdict;

class Rescoring {
 public:
  Rescoring(const model::Record& record, const model::Exercise& today) : today_(today) {
    for (const CheckResult& check : record.checks) recorded_.emplace(check.id, &check);
  }

  const CheckResult& result_of(const model::Check& check) {
    const auto known = results_.find(check.id);
    if (known != results_.end()) return known->second;
    // Entered before its needs are followed: a circle, which the catalog refuses, would end here instead of never.
    CheckResult& result = results_[check.id];
    result.id = check.id;
    result.says = check.says;
    result.engine = check.engine;
    result.points = check.points;
    result.hidden = check.hidden;
    judge_again(check, result);
    return result;
  }

 private:
  void judge_again(const model::Check& check, CheckResult& result) {
    for (const std::string& need : check.needs) {
      const CheckResult* needed = result_of_id(need);
      if (needed == nullptr) continue;
      if (needed->verdict == Verdict::blocked || model::blame_of(needed->verdict) == model::Blame::student) {
        result.verdict = Verdict::blocked;
        result.blocked_by = need;
        return;
      }
    }
    const auto recorded = recorded_.find(check.id);
    if (recorded == recorded_.end()) return not_run(result, "The check did not exist when this record was made.");
    const CheckResult& old = *recorded->second;
    if (old.engine != check.engine)
      return not_run(result, "When this record was made, the check ran under the engine " + std::string(model::word_of(old.engine)) + ".");
    if (old.verdict == Verdict::blocked && !still_waits_for(check, old.blocked_by))
      return not_run(result, "When this record was made, " + old.blocked_by + " kept the check from running; it does not today.");
    result.verdict = old.verdict;
    result.blocked_by = old.blocked_by;
    result.findings = old.findings;
  }

  bool still_waits_for(const model::Check& check, const std::string& blocker) {
    if (std::find(check.needs.begin(), check.needs.end(), blocker) == check.needs.end()) return false;
    const CheckResult* needed = result_of_id(blocker);
    return needed != nullptr && needed->verdict != Verdict::passed;
  }

  const CheckResult* result_of_id(const std::string& id) {
    const auto found = std::find_if(today_.checks.begin(), today_.checks.end(), [&](const model::Check& check) { return check.id == id; });
    return found == today_.checks.end() ? nullptr : &result_of(*found);
  }

  static void not_run(CheckResult& result, const std::string& reason) {
    result.verdict = Verdict::unavailable;
    result.findings = {{"Not run in this record. " + reason, "Grade the submission again to have it decided.", {}, "", ""}};
  }

  const model::Exercise& today_;
  std::map<std::string, const CheckResult*> recorded_;
  std::map<std::string, CheckResult> results_;
};

}  // namespace

model::Record rescore(const model::Record& record, const model::Exercise& today) {
  if (record.exercise != today.id) throw model::UsageError("the record is one of " + record.exercise + ", not of " + today.id);
  model::Record rescored = record;
  rescored.title = today.title;
  rescored.checks.clear();
  Rescoring rescoring(record, today);
  for (const model::Check& check : today.checks) rescored.checks.push_back(rescoring.result_of(check));
  rescored.notes.push_back("scored again, without running anything, under the points of exercise version " + today.version);
  return rescored;
}

}  // namespace lockstep::scoring
