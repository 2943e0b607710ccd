#include "grader/scoring/score.hpp"

#include <gtest/gtest.h>

namespace lockstep::scoring {
namespace {

using model::Verdict;

model::CheckResult check(std::string id, int points, Verdict verdict, std::string blocked_by = "") {
  model::CheckResult result;
  result.id = std::move(id);
  result.points = points;
  result.verdict = verdict;
  result.blocked_by = std::move(blocked_by);
  return result;
}

Grade grade_of(std::vector<model::CheckResult> checks) {
  model::Record record;
  record.checks = std::move(checks);
  return score(record);
}

TEST(Score, APassedCheckEarnsAllItsPointsAndAFailedOneNone) {
  const Grade grade = grade_of({check("a", 60, Verdict::passed), check("b", 40, Verdict::data_race)});
  EXPECT_EQ(grade.earned, 60);
  EXPECT_EQ(grade.possible, 100);
  EXPECT_EQ(grade.graded_points, 100);
  EXPECT_TRUE(grade.complete);
  EXPECT_FALSE(grade.provisional);
  EXPECT_FALSE(grade.full_marks());
  EXPECT_EQ(grade.checks[1].standing, Standing::lost);
}

TEST(Score, EveryVerdictThatBlamesTheStudentLosesPoints) {
  for (const model::VerdictRow& row : model::verdict_table) {
    if (row.blame != model::Blame::student) continue;
    const Grade grade = grade_of({check("a", 100, row.verdict)});
    EXPECT_EQ(grade.earned, 0) << row.word;
    EXPECT_EQ(grade.graded_points, 100) << row.word;
    EXPECT_TRUE(grade.complete) << row.word;
  }
}

TEST(Score, AFaultOfTheGraderCostsNothingAndMakesTheGradeProvisional) {
  const Grade grade = grade_of({check("a", 60, Verdict::passed), check("b", 40, Verdict::infra_error)});
  EXPECT_EQ(grade.earned, 60);
  EXPECT_EQ(grade.graded_points, 60);
  EXPECT_EQ(grade.undecided, 40);
  EXPECT_TRUE(grade.provisional);
  EXPECT_FALSE(grade.complete);
  EXPECT_TRUE(grade.all_decided_passed());
  EXPECT_FALSE(grade.full_marks());
}

TEST(Score, HiddenChecksThatAreNotHereArePendingAndNotProvisional) {
  const Grade grade = grade_of({check("a", 60, Verdict::passed), check("b", 40, Verdict::unavailable)});
  EXPECT_EQ(grade.pending, 40);
  EXPECT_EQ(grade.graded_points, 60);
  EXPECT_FALSE(grade.provisional);
  EXPECT_FALSE(grade.complete);
}

TEST(Score, ABlockedCheckSharesTheFateOfItsBlocker) {
  const auto standing = [](Verdict cause) {
    return grade_of({check("a", 10, cause), check("b", 10, Verdict::blocked, "a"), check("c", 10, Verdict::blocked, "b")}).checks[2].standing;
  };
  EXPECT_EQ(standing(Verdict::wrong_answer), Standing::lost);
  EXPECT_EQ(standing(Verdict::infra_error), Standing::undecided);
  EXPECT_EQ(standing(Verdict::unavailable), Standing::pending);
  EXPECT_EQ(standing(Verdict::passed), Standing::undecided);
}

TEST(Score, ABlockerThatDoesNotExistOrBlocksItselfIsOurFault) {
  EXPECT_TRUE(grade_of({check("a", 100, Verdict::blocked, "gone")}).provisional);
  EXPECT_TRUE(grade_of({check("a", 50, Verdict::blocked, "b"), check("b", 50, Verdict::blocked, "a")}).provisional);
}

TEST(Score, FullMarksNeedEveryCheckPassed) {
  EXPECT_TRUE(grade_of({check("a", 30, Verdict::passed), check("b", 70, Verdict::passed)}).full_marks());
  EXPECT_FALSE(grade_of({}).full_marks());
}

}  // namespace
}  // namespace lockstep::scoring
