#include <gtest/gtest.h>

#include "harness/catalog/course_for_tests.hpp"

namespace lockstep::catalog {
namespace {

std::string problems_of(const std::string& text) {
  std::vector<Problem> problems;
  parse_manifest(text, "02_threads/lock", "exercise.json", problems);
  return render_problems(problems);
}

// The good manifest with one place changed.
std::string changed(const std::string& from, const std::string& to) {
  std::string text = good_manifest;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

struct Mistake {
  const char* from;
  const char* to;
  const char* expected;  // the one problem
};

TEST(Manifest, AGoodOneBecomesAnExercise) {
  std::vector<Problem> problems;
  const model::Exercise exercise = parse_manifest(good_manifest, "02_threads/lock", "exercise.json", problems);
  EXPECT_EQ(render_problems(problems), "");
  EXPECT_EQ(exercise.chapter, "02_threads");
  EXPECT_EQ(exercise.name, "lock");
  EXPECT_EQ(exercise.difficulty, 2);
  EXPECT_EQ(exercise.edit, std::vector<std::string>{"lock.cpp"});
  EXPECT_EQ(exercise.forbid.at(0).facility, "std::mutex");
  ASSERT_EQ(exercise.checks.size(), 2U);
  EXPECT_EQ(exercise.checks[0].tests, std::vector<std::string>{"Lock.*"});
  EXPECT_EQ(exercise.checks[0].deadlock_means, model::Verdict::deadlock);
  EXPECT_EQ(exercise.checks[1].engine, model::Engine::tsan);
  EXPECT_TRUE(exercise.checks[1].hidden);
  EXPECT_EQ(exercise.checks[1].needs, std::vector<std::string>{"excludes"});
}

TEST(Manifest, EachMistakeIsNamedWithFileKeyAndReason) {
  const Mistake mistakes[] = {
      {R"("title")", R"("titel")", "exercise.json: title: is missing\nexercise.json: titel: is not a known key, did you mean `title`?\n"},
      {R"("Lock",)", R"(7,)", "exercise.json: title: text is expected, and not empty\n"},
      {R"("Lock",)", R"("",)", "exercise.json: title: text is expected, and not empty\n"},
      {R"("schema": 1)", R"("schema": 2)", "exercise.json: schema: this version reads manifests of schema 1 only\n"},
      {R"("schema": 1,)", "", "exercise.json: schema: is missing\n"},
      {R"("difficulty": 2)", R"("difficulty": 6)", "exercise.json: difficulty: a whole number from 1 to 5 is expected\n"},
      {R"("difficulty": 2)", R"("difficulty": 2.5)", "exercise.json: difficulty: a whole number from 1 to 5 is expected\n"},
      {R"(["lock.cpp"])", R"(["../lock.cpp"])",
       "exercise.json: edit: `../lock.cpp` is not the name of a .cpp or .hpp file in the exercise's own folder\n"},
      {R"(["lock.cpp"])", R"(["lock.c"])",
       "exercise.json: edit: `lock.c` is not the name of a .cpp or .hpp file in the exercise's own folder\n"},
      {R"(["lock.cpp"])", R"([])", "exercise.json: edit: at least one file must be named that the student edits\n"},
      {R"(["lock.cpp"])", R"(["lock.cpp", "lock.cpp"])", "exercise.json: edit[1]: `lock.cpp` is there already\n"},
      {R"(, "because": "it is what you build here")", "", "exercise.json: forbid[0].because: is missing\n"},
      {R"("id": "no_race")", R"("id": "excludes")", "exercise.json: checks[1].id: another check has the id `excludes` already\n"},
      {R"("id": "no_race")", R"("id": "NoRace")", "exercise.json: checks[1].id: `NoRace` is not snake_case\n"},
      {R"("tsan")", R"("tsna")",
       "exercise.json: checks[1].engine: `tsna` is not an engine, did you mean `tsan`?; engines that can be named: native, asan, tsan, lockstep, mpi\n"},
      {R"("tsan")", R"("lockstep", "budget": 0)", "exercise.json: checks[1].budget: a whole number from 1 to 1000000 is expected\n"},
      {R"("tsan")", R"("lockstep", "bound": 9)", "exercise.json: checks[1].bound: a whole number from 0 to 6 is expected\n"},
      {R"("tsan")", R"("lockstep", "time": "real")", "exercise.json: checks[1].time: `real` is neither idle nor adversarial\n"},
      {R"("secret.cpp")", R"("tests/secret.cpp")",
       "exercise.json: checks[1].program: `tests/secret.cpp` is not the name of a .cpp file (without a folder)\n"},
      {R"("points": 60)", R"("points": 59)", "exercise.json: checks: the points add up to 99, not to 100\n"},
      {R"("points": 60)", R"("points": "60")",
       "exercise.json: checks[0].points: a whole number from 0 to 100 is expected\nexercise.json: checks: the points add up to 40, not to "
       "100\n"},
      {R"("points": 60)", R"("points": 101)",
       "exercise.json: checks[0].points: a whole number from 0 to 100 is expected\nexercise.json: checks: the points add up to 40, not to "
       "100\n"},
      {R"("hidden": true)", R"("hidden": "yes")", "exercise.json: checks[1].hidden: true or false is expected\n"},
      {R"(["excludes"])", R"(["exclude"])", "exercise.json: checks[1].needs: `exclude` is not the id of a check, did you mean `excludes`?\n"},
      {R"(["excludes"])", R"("excludes")", "exercise.json: checks[1].needs: a list [ ... ] of texts is expected\n"},
      {R"(["excludes"])", R"(["no_race"])", "exercise.json: checks[1].needs: a circle: no_race needs no_race\n"},
      {R"("tests": ["Lock.*"])", R"("tests": ["Lock.*:-Lock.Slow"])",
       "exercise.json: checks[0].tests: `Lock.*:-Lock.Slow` is not one GoogleTest pattern, such as Suite.Name or Suite.*\n"},
      {R"("tests": ["Lock.*"])", R"("tests": ["Lock"])",
       "exercise.json: checks[0].tests: `Lock` is not one GoogleTest pattern, such as Suite.Name or Suite.*\n"},
      {R"("says": "one at a time")", R"("says": "one at a time", "timeout": 3)", "exercise.json: checks[0].timeout: is not a known key\n"},
      {R"("says": "one at a time")", R"("says": "one at a time", "deadlock_means": "leak")",
       "exercise.json: checks[0].deadlock_means: `leak` is neither deadlock nor not_concurrent\n"},
      {R"("points": 60,)", R"("points": 10, "points": 60,)", "exercise.json: points: stands twice in the same object\n"},
      {R"("forbid": [{)", R"("forbid": ["x", {)", "exercise.json: forbid[0]: an object { ... } is expected\n"},
      {R"("schema": 1,)", "\"schema\": 1,,", "exercise.json: not JSON: syntax error at line 2, column 15\n"},
  };
  for (const Mistake& mistake : mistakes) EXPECT_EQ(problems_of(changed(mistake.from, mistake.to)), mistake.expected) << mistake.to;
}

TEST(Manifest, ALongCircleOfNeedsIsReportedOnce) {
  const std::string problems = problems_of(changed(R"("points": 60,)", R"("points": 60, "needs": ["no_race"],)"));
  EXPECT_EQ(problems, "exercise.json: checks[0].needs: a circle: excludes needs no_race needs excludes\n");
}

TEST(Manifest, ManyMistakesAreShownAtOnce) {
  const std::string problems = problems_of(R"({"schema": 1, "difficulty": 0, "edit": "x", "checks": [{}, 5]})");
  for (const char* key : {": title:", ": covers:", ": difficulty:", ": edit:", "checks[0].id:", "checks[0].engine:", "checks[0].program:",
                          "checks[0].points:", "checks[0].says:", "checks[1]:", ": checks:"})
    EXPECT_NE(problems.find(key), std::string::npos) << key << "\n" << problems;
  EXPECT_EQ(problems.find("checks[1].id"), std::string::npos);
}

TEST(Manifest, WhatIsNoJsonObjectIsSaidSo) {
  EXPECT_EQ(problems_of(""), "exercise.json: not JSON: incomplete JSON at line 1, column 1\n");
  EXPECT_NE(problems_of("[]").find("an object { ... } is expected"), std::string::npos);
  EXPECT_NE(problems_of("{} x").find("line 1, column 4"), std::string::npos);
  EXPECT_NE(problems_of(std::string("{\"\xff\": 1}")).find("not JSON"), std::string::npos);
}

}  // namespace
}  // namespace lockstep::catalog
