#include "harness/catalog/expectations.hpp"

#include <gtest/gtest.h>

#include "harness/catalog/course_for_tests.hpp"

namespace lockstep::catalog {
namespace {

const std::string solution = "solutions/02_threads/lock/";
const std::string racy = solution + "rejected/data_race/reads_without_lock/";

std::string problems_of(const CourseForTests& tree) { return render_problems(read_expectations(tree.exercise()).problems); }

class ReadExpectations : public testing::Test {
 protected:
  ReadExpectations() { tree.add_solution("02_threads/lock"); }
  CourseForTests tree;
};

TEST_F(ReadExpectations, ATreeWithoutMistakesIsReadWhole) {
  tree.write(racy + "expect.json", R"({"check": "no_race", "why": "w"})");
  const Expectations read = read_expectations(tree.exercise());
  EXPECT_EQ(render_problems(read.problems), "");
  EXPECT_EQ(read.reference, tree.root / solution / "reference");
  ASSERT_EQ(read.accepted.size(), 1U);
  EXPECT_EQ(read.accepted[0].story, "spins_first");
  ASSERT_EQ(read.rejected.size(), 1U);
  EXPECT_EQ(read.rejected[0].verdict, model::Verdict::data_race);
  EXPECT_EQ(read.rejected[0].checks, std::vector<std::string>{"no_race"});
  EXPECT_EQ(read.rejected[0].why, "w");
}

TEST_F(ReadExpectations, VerdictFoldersAreVerdictsThatBlameASubmission) {
  tree.write(solution + "rejected/data_rase/a/lock.cpp", "");
  tree.write(solution + "rejected/passed/a/lock.cpp", "");
  EXPECT_EQ(problems_of(tree), solution +
                                   "rejected/data_rase: is not named after a verdict that blames a submission, did you mean `data_race`?\n" +
                                   solution + "rejected/passed: is not named after a verdict that blames a submission\n");
}

TEST_F(ReadExpectations, AnExpectationNamesAKnownCheck) {
  tree.write(racy + "expect.json", R"({"check": "no_rase", "why": "w"})");
  EXPECT_EQ(problems_of(tree), racy + "expect.json: check: `no_rase` is not the id of a check, did you mean `no_race`?\n");
  tree.write(racy + "expect.json", R"({"check": "no_race", "also": ["no_rase"], "why": "w"})");
  EXPECT_EQ(problems_of(tree), racy + "expect.json: also: `no_rase` is not the id of a check, did you mean `no_race`?\n");
  tree.write(racy + "expect.json", R"({"why": "w", "wy": 1})");
  EXPECT_EQ(problems_of(tree), racy + "expect.json: check: is missing\n" + racy + "expect.json: wy: is not a known key, did you mean `why`?\n");
  tree.remove(racy + "expect.json");
  EXPECT_EQ(problems_of(tree), racy + "expect.json: is missing: it says which check must catch this submission, and why\n");
}

TEST_F(ReadExpectations, WhatEveryCheckCatchesNeedsNoCheck) {
  tree.write(solution + "rejected/forbidden/uses_a_mutex/lock.cpp", "");
  tree.write(solution + "rejected/forbidden/uses_a_mutex/expect.json", R"({"why": "w"})");
  EXPECT_EQ(problems_of(tree), "");
}

TEST_F(ReadExpectations, MissingAndUnexpectedFilesAreProblems) {
  tree.remove(solution + "NOTES.md");
  tree.remove(solution + "reference/lock.cpp");
  tree.write(solution + "reference/a.out", "");
  tree.write(solution + "accepted/loose.cpp", "");
  tree.write(solution + "accepted/Bad Story/lock.cpp", "");
  tree.write(solution + "old/lock.cpp", "");
  tree.write(solution + "tests/nobody_runs_it.cpp", "");
  tree.write(solution + "tests/shared.hpp", "");
  tree.write("exercises/02_threads/lock/tests/secret.cpp", "");
  const std::string problems = problems_of(tree);
  for (const std::string& expected :
       {solution + "NOTES.md: is missing", solution + "reference/lock.cpp: is missing", solution + "reference/a.out: is not expected here",
        solution + "accepted/loose.cpp: is not expected here", solution + "accepted/Bad Story: the name of a story is snake_case",
        solution + "old: is not expected here", solution + "tests/nobody_runs_it.cpp: is not the program of a hidden check",
        std::string("exercises/02_threads/lock/tests/secret.cpp: is not the program of a public check")})
    EXPECT_NE(problems.find(expected), std::string::npos) << expected << "\n" << problems;
  EXPECT_EQ(std::count(problems.begin(), problems.end(), '\n'), 8) << problems;
}

TEST_F(ReadExpectations, AMissingReferenceIsAProblem) {
  tree.remove(solution + "reference");
  EXPECT_EQ(problems_of(tree), solution + "reference: is missing: a submission that earns 100\n");
}

}  // namespace
}  // namespace lockstep::catalog
