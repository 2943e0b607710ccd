#include "grader/scoring/rescore.hpp"

#include <gtest/gtest.h>

#include "grader/scoring/score.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::scoring {
namespace {

using model::Engine;
using model::Verdict;

model::CheckResult result(std::string id, Verdict verdict, std::string blocked_by = "") {
  model::CheckResult check;
  check.id = std::move(id);
  check.points = 50;
  check.verdict = verdict;
  check.blocked_by = std::move(blocked_by);
  if (model::blame_of(verdict) == model::Blame::student) check.findings = {{"what", "why", {}, "", ""}};
  return check;
}

model::Check rule(std::string id, int points, std::vector<std::string> needs = {}) {
  model::Check check;
  check.id = std::move(id);
  check.points = points;
  check.says = "today's sentence";
  check.needs = std::move(needs);
  return check;
}

model::Record rescored(std::vector<model::CheckResult> checks, std::vector<model::Check> rules) {
  model::Record record;
  record.exercise = "02_threads/lock";
  record.exercise_version = "then";
  record.checks = std::move(checks);
  model::Exercise today;
  today.id = "02_threads/lock";
  today.version = "now";
  today.checks = std::move(rules);
  return rescore(record, today);
}

TEST(Rescore, TodaysPointsSentencesAndOrderReplaceTheOldOnes) {
  const model::Record record = rescored({result("a", Verdict::passed), result("b", Verdict::data_race)}, {rule("b", 20), rule("a", 80)});
  ASSERT_EQ(record.checks.size(), 2U);
  EXPECT_EQ(record.checks[0].id, "b");
  EXPECT_EQ(record.checks[0].points, 20);
  EXPECT_EQ(record.checks[0].says, "today's sentence");
  EXPECT_EQ(record.checks[0].findings.size(), 1U);
  EXPECT_EQ(score(record).earned, 80);
  EXPECT_EQ(record.exercise_version, "then");
  EXPECT_NE(record.notes.back().find("now"), std::string::npos);
}

TEST(Rescore, DroppedChecksGoAndNewOnesWereNotRun) {
  const model::Record record = rescored({result("old", Verdict::crash), result("a", Verdict::passed)}, {rule("a", 60), rule("fresh", 40)});
  ASSERT_EQ(record.checks.size(), 2U);
  EXPECT_EQ(record.checks[1].verdict, Verdict::unavailable);
  EXPECT_NE(record.checks[1].findings.at(0).what.find("Not run in this record"), std::string::npos);
  EXPECT_EQ(score(record).pending, 40);
}

TEST(Rescore, ACheckThatMovedToAnotherEngineWasNotRun) {
  std::vector<model::Check> rules{rule("a", 100)};
  rules[0].engine = Engine::tsan;
  EXPECT_EQ(rescored({result("a", Verdict::passed)}, rules).checks[0].verdict, Verdict::unavailable);
}

TEST(Rescore, ANeedOfTodayBlocksWhatPassedThen) {
  const model::Record record = rescored({result("a", Verdict::wrong_answer), result("b", Verdict::passed), result("c", Verdict::passed)},
                                        {rule("c", 30, {"b"}), rule("b", 30, {"a"}), rule("a", 40)});
  EXPECT_EQ(record.checks[1].verdict, Verdict::blocked);
  EXPECT_EQ(record.checks[1].blocked_by, "a");
  EXPECT_EQ(record.checks[0].blocked_by, "b");
  EXPECT_EQ(score(record).earned, 0);
}

TEST(Rescore, ANeedThatWasNotRunTakesNothingAway) {
  const model::Record record = rescored({result("a", Verdict::passed)}, {rule("fresh", 40), rule("a", 60, {"fresh"})});
  EXPECT_EQ(record.checks[1].verdict, Verdict::passed);
}

TEST(Rescore, WhatWasBlockedByACheckThatIsNoLongerNeededWasNotRun) {
  const model::Record record =
      rescored({result("a", Verdict::wrong_answer), result("b", Verdict::blocked, "a")}, {rule("a", 50), rule("b", 50)});
  EXPECT_EQ(record.checks[1].verdict, Verdict::unavailable);
}

TEST(Rescore, WhatWaitsForAnUndecidedCheckStaysBlockedAndCostsNothing) {
  const model::Record record =
      rescored({result("a", Verdict::infra_error), result("b", Verdict::blocked, "a")}, {rule("a", 50), rule("b", 50, {"a"})});
  EXPECT_EQ(record.checks[1].verdict, Verdict::blocked);
  EXPECT_EQ(score(record).undecided, 100);
}

TEST(Rescore, ACircleInTheNeedsEnds) {
  EXPECT_EQ(rescored({result("a", Verdict::passed), result("b", Verdict::passed)}, {rule("a", 50, {"b"}), rule("b", 50, {"a"})}).checks.size(),
            2U);
}

TEST(Rescore, ARecordOfAnotherExerciseIsRefused) {
  model::Record record;
  record.exercise = "02_threads/barrier";
  EXPECT_THROW(rescore(record, {}), model::UsageError);
}

}  // namespace
}  // namespace lockstep::scoring
