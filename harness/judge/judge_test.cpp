#include "harness/judge/judge.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace lockstep::judge {
namespace {

using model::Verdict;

model::Check a_check() {
  model::Check check;
  check.id = "keeps_order";
  check.program = "behaviour.cpp";
  return check;
}

model::TestRun a_pass() {
  model::TestRun run;
  run.program = "behaviour.cpp";
  run.test = "Order.IsKept";
  run.outcome = model::Outcome::passed;
  run.sealed = true;
  return run;
}

model::Race a_race(bool in_tests) {
  model::Race race{"data-race", {}, "global 'counter'", in_tests};
  race.accesses.push_back({true, false, 8, "thread T1", {{"pdc::add()", "counter.cpp", 7, true, false}}});
  race.accesses.push_back({false, false, 8, "main thread", {{"pdc::get()", "counter.cpp", 9, true, false}}});
  return race;
}

TEST(JudgeRun, PassesOnlyWithASealedReport) {
  EXPECT_EQ(judge_run(a_pass(), a_check()).verdict, Verdict::passed);
  model::TestRun unsealed = a_pass();
  unsealed.sealed = false;
  EXPECT_EQ(judge_run(unsealed, a_check()).verdict, Verdict::unfinished);
  model::TestRun silent = a_pass();
  silent.outcome = model::Outcome::silent;
  EXPECT_EQ(judge_run(silent, a_check()).verdict, Verdict::unfinished);
}

TEST(JudgeRun, ExitStatusAloneAccusesNobody) {
  model::TestRun run = a_pass();
  run.end.code = 66;
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::passed);
}

TEST(JudgeRun, ARaceNamesBothLines) {
  model::TestRun run = a_pass();
  run.races.push_back(a_race(false));
  const Opinion opinion = judge_run(run, a_check());
  EXPECT_EQ(opinion.verdict, Verdict::data_race);
  EXPECT_NE(opinion.findings.front().what.find("counter.cpp:7"), std::string::npos);
  EXPECT_NE(opinion.findings.front().what.find("counter.cpp:9"), std::string::npos);
  EXPECT_EQ(opinion.findings.front().traces.size(), 2u);
}

TEST(JudgeRun, ARaceOutsideOfTheSubmissionIsOurFault) {
  model::TestRun run = a_pass();
  run.races.push_back(a_race(true));
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::infra_error);
}

TEST(JudgeRun, AHangIsADeadlockUnlessTheCheckSaysThatItMeansMissingOverlap) {
  model::TestRun run = a_pass();
  run.outcome = model::Outcome::silent;
  run.sealed = false;
  run.end.how = model::How::cut;
  run.end.cut = model::Cut::proven_deadlock;
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::deadlock);
  model::Check overlap = a_check();
  overlap.deadlock_means = Verdict::not_concurrent;
  EXPECT_EQ(judge_run(run, overlap).verdict, Verdict::not_concurrent);
}

TEST(JudgeRun, AStarvedHostIsOurFault) {
  model::TestRun run = a_pass();
  run.outcome = model::Outcome::silent;
  run.end.how = model::How::cut;
  run.end.cut = model::Cut::starved;
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::infra_error);
}

TEST(JudgeRun, AStubIsToldToBeWrittenWhateverFollowsFromIt) {
  model::TestRun run = a_pass();
  run.outcome = model::Outcome::not_implemented;
  run.not_implemented = "put";
  run.hygiene.push_back({"thread", "a thread was left"});
  const Opinion opinion = judge_run(run, a_check());
  EXPECT_EQ(opinion.verdict, Verdict::wrong_answer);
  ASSERT_EQ(opinion.findings.size(), 1u);
  EXPECT_EQ(opinion.findings.front().what, "not implemented yet: put");
}

TEST(JudgeRun, IdleThreadsThatSpinAreALivelock) {
  model::TestRun run = a_pass();
  run.measurements.push_back({"idle processor time", 390, 40, "ms"});
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::livelock);
  run.measurements.front().value = 1;
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::passed);
}

TEST(JudgeCheck, OneRaceInTwentyRunsIsARace) {
  std::vector<model::TestRun> runs(20, a_pass());
  EXPECT_EQ(judge_check(a_check(), {"Order.IsKept"}, runs).verdict, Verdict::passed);
  runs[13].races.push_back(a_race(false));
  EXPECT_EQ(judge_check(a_check(), {"Order.IsKept"}, runs).verdict, Verdict::data_race);
}

TEST(JudgeCheck, ATestThatDidNotRunIsOurFault) {
  EXPECT_EQ(judge_check(a_check(), {"Order.IsKept", "Order.IsKeptTwice"}, {a_pass()}).verdict, Verdict::infra_error);
  EXPECT_EQ(judge_check(a_check(), {}, {a_pass()}).verdict, Verdict::infra_error);
}

TEST(JudgeCheck, IgnoresRunsOfOtherProgramsAndEngines) {
  model::TestRun other = a_pass();
  other.engine = model::Engine::tsan;
  other.races.push_back(a_race(false));
  EXPECT_EQ(judge_check(a_check(), {"Order.IsKept"}, {a_pass(), other}).verdict, Verdict::passed);
}

TEST(ApplyNeeds, BlocksChainsInAnyOrderAndNamesTheCheck) {
  model::Exercise exercise;
  for (const char* id : {"c", "b", "a"}) {
    exercise.checks.push_back(a_check());
    exercise.checks.back().id = id;
  }
  exercise.checks[0].needs = {"b"};
  exercise.checks[1].needs = {"a"};
  std::vector<model::CheckResult> results(3);
  results[0].id = "c";
  results[1].id = "b";
  results[2].id = "a";
  results[0].verdict = results[1].verdict = Verdict::passed;
  results[2].verdict = Verdict::wrong_answer;
  apply_needs(exercise, results);
  EXPECT_EQ(results[1].verdict, Verdict::blocked);
  EXPECT_EQ(results[1].blocked_by, "a");
  EXPECT_EQ(results[0].verdict, Verdict::blocked);
  EXPECT_EQ(results[0].blocked_by, "b");
}

}  // namespace
}  // namespace lockstep::judge
