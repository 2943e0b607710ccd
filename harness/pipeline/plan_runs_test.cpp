#include "harness/pipeline/plan_runs.hpp"

#include <gtest/gtest.h>

namespace lockstep::pipeline {
namespace {

using model::Engine;
using Names = std::vector<std::string>;

model::Check check(std::string id, Engine engine, Names patterns, bool hidden = false, bool measures = false) {
  model::Check result;
  result.id = std::move(id);
  result.engine = engine;
  result.program = hidden ? "hidden.cpp" : "behaviour.cpp";
  result.tests = std::move(patterns);
  result.hidden = hidden;
  result.measures = measures;
  return result;
}

model::Exercise an_exercise() {
  model::Exercise exercise;
  exercise.checks = {check("order", Engine::native, {"Order.*"}), check("idle", Engine::native, {"Idle.*", "Order.First"}, false, true),
                     check("race", Engine::tsan, {}), check("secret", Engine::native, {}, true)};
  return exercise;
}

const std::map<std::string, Names> tests = {{"behaviour.cpp", {"Order.First", "Order.Second", "Idle.Sleeps", "Other.Thing"}}};

TEST(TestsOf, SelectsByPatternOrAll) {
  const model::Exercise exercise = an_exercise();
  EXPECT_EQ(tests_of(exercise.checks[0], tests.at("behaviour.cpp")), (Names{"Order.First", "Order.Second"}));
  EXPECT_EQ(tests_of(exercise.checks[2], tests.at("behaviour.cpp")).size(), 4u);
}

TEST(ProgramsOf, LeavesOutHiddenProgramsOfAStudentsTree) {
  model::Exercise exercise = an_exercise();
  EXPECT_EQ(programs_of(exercise, {}).at(Engine::native), Names{"behaviour.cpp"});
  exercise.solution = "solutions/x";
  EXPECT_EQ(programs_of(exercise, {}).at(Engine::native), (Names{"behaviour.cpp", "hidden.cpp"}));
  EXPECT_EQ(programs_of(exercise, {"race"}).size(), 1u);
}

TEST(PlanRuns, RunsATestOnceHoweverManyChecksSelectIt) {
  const auto plan = plan_runs(an_exercise(), Engine::native, {}, tests, 1);
  ASSERT_EQ(plan.size(), 3u);
  EXPECT_EQ(plan[0].tests, Names{"Idle.Sleeps"});
  EXPECT_TRUE(plan[0].measures);
  EXPECT_TRUE(plan[1].measures);  // a check that measures selects it, and one that does not
  EXPECT_EQ(plan[2].tests, Names{"Order.Second"});
  EXPECT_FALSE(plan[2].measures);
}

TEST(PlanRuns, RepeatsUnderThreadSanitizerWithDifferentSeeds) {
  const auto plan = plan_runs(an_exercise(), Engine::tsan, {}, tests, 1);
  ASSERT_EQ(plan.size(), 4u);
  ASSERT_EQ(plan.front().seeds.size(), static_cast<std::size_t>(tsan_repetitions));
  EXPECT_NE(plan.front().seeds.front(), plan.front().seeds.back());
  EXPECT_EQ(plan.front().seeds, plan_runs(an_exercise(), Engine::tsan, {}, tests, 1).front().seeds);
  EXPECT_NE(plan.front().seeds, plan_runs(an_exercise(), Engine::tsan, {}, tests, 2).front().seeds);
}

TEST(PlanRuns, AnMpiProgramIsOneLaunch) {
  model::Exercise exercise;
  exercise.checks = {check("ranks", Engine::mpi, {})};
  const auto plan = plan_runs(exercise, Engine::mpi, {}, tests, 1);
  ASSERT_EQ(plan.size(), 1u);
  EXPECT_EQ(plan.front().tests.size(), 4u);
}

}  // namespace
}  // namespace lockstep::pipeline
