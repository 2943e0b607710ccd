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

model::TestRun a_cut(model::Cut cut) {
  model::TestRun run = a_pass();
  run.outcome = model::Outcome::silent;
  run.sealed = false;
  run.end.how = model::How::cut;
  run.end.cut = cut;
  return run;
}

model::StuckTask a_task(const char* file, bool students, bool may_go_on) {
  model::StuckTask task{-1, "thread 1", "a sleep, or a wait with a time limit", {{"f()", file, 7, students, !students}}};
  task.may_go_on = may_go_on;
  return task;
}

TEST(JudgeRun, ATimeLimitAccusesOnlyWhoIsSeenToTakeTheTime) {
  const auto verdict = [](model::Cut cut, std::vector<model::StuckTask> tasks) {
    model::TestRun run = a_cut(cut);
    run.stuck = std::move(tasks);
    return judge_run(run, a_check()).verdict;
  };
  const model::StuckTask sleeps = a_task("bank.cpp", true, true), waits = a_task("bank.cpp", true, false);
  const model::StuckTask fixture = a_task("harness/inside/testkit/threads.cpp", false, true);
  EXPECT_EQ(verdict(model::Cut::wall_time, {sleeps}), Verdict::unfinished);
  EXPECT_EQ(verdict(model::Cut::wall_time, {}), Verdict::infra_error);
  EXPECT_EQ(verdict(model::Cut::wall_time, {waits}), Verdict::infra_error);
  EXPECT_EQ(verdict(model::Cut::wall_time, {waits, fixture}), Verdict::infra_error);
  EXPECT_EQ(verdict(model::Cut::wall_time, {sleeps, fixture}), Verdict::infra_error);
  EXPECT_EQ(verdict(model::Cut::cpu_time, {}), Verdict::livelock);
  EXPECT_EQ(verdict(model::Cut::cpu_time, {sleeps, fixture}), Verdict::livelock);
  EXPECT_EQ(verdict(model::Cut::cpu_time, {waits, fixture}), Verdict::infra_error);
}

TEST(JudgeRun, AChildThatReturnedExplainsTheExpectationsThatItFailed) {
  model::TestRun run = a_pass();
  run.outcome = model::Outcome::failed;
  run.failures.push_back({"tests/behaviour.cpp", 7, "Expected equality"});
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::wrong_answer);
  run.hygiene.push_back({"returned_child", "a child process returned into the test instead of ending itself with _exit"});
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::leak);
}

TEST(JudgeRun, AnErrorOfTheMpiLibraryIsMisuse) {
  model::TestRun run = a_pass();
  run.outcome = model::Outcome::silent;
  run.sealed = false;
  run.reports.push_back({"mpi", "MPI ended rank 1 of 2 with the error MPI_ERR_RANK", {{"f()", "ring.cpp", 7, true, false}}});
  const Opinion opinion = judge_run(run, a_check());
  EXPECT_EQ(opinion.verdict, Verdict::mpi_misuse);
  EXPECT_NE(opinion.findings.front().what.find("ring.cpp:7"), std::string::npos);
}

TEST(JudgeRun, WhatOnlyABufferLetsGoOnIsMisuseAndWhatHangsAnyhowIsADeadlock) {
  model::TestRun run = a_pass();
  run.outcome = model::Outcome::silent;
  run.sealed = false;
  model::StuckTask stuck;
  stuck.rank = 0;
  stuck.task = "rank 0 of 2";
  stuck.waits_in = "MPI_Send(1 x MPI_INT, dest=1, tag=0) [rank 0 of 2]";
  run.stuck.push_back(stuck);
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::deadlock);
  run.reports.push_back({"mpi.unsafe_send", "rank 0 sends to rank 1 and waits", {}});
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::mpi_misuse);
}

TEST(JudgeRun, AnObjectOfMpiThatIsLeftBehindIsALeak) {
  model::TestRun run = a_pass();
  run.reports.push_back({"mpi.leak_operation", "rank 1 of 2 never frees the operation", {}});
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::leak);
}

TEST(JudgeRun, AChainOfMessagesThatIsTooLongIsNotConcurrentAndTooManyStepsAreTooSlow) {
  model::TestRun run = a_pass();
  run.measurements.push_back({"chain of messages round the ring", 9, 6, ""});
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::not_concurrent);
  run.measurements.front().name = "steps of a broadcast";
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::too_slow);
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

TEST(JudgeRun, ARaceIsToldInTheOrderInWhichItHappened) {
  model::TestRun run = a_pass();
  run.races.push_back(a_race(false));
  const model::Finding finding = judge_run(run, a_check()).findings.front();
  EXPECT_EQ(finding.what,
            "The main thread reads 8 bytes at counter.cpp:9, then thread T1 writes 8 bytes at counter.cpp:7, and nothing orders the two. "
            "The memory is the global variable 'counter'.");
  EXPECT_EQ(finding.traces.front().title, "first, the main thread reads 8 bytes");
  EXPECT_EQ(finding.traces.back().title, "then thread T1 writes 8 bytes");
}

TEST(JudgeRun, ARaceInTheTestsMemoryNamesTheTestsLines) {
  model::TestRun run = a_pass();
  model::Race race = a_race(false);
  for (model::Access& access : race.accesses)
    access.stack = {{"memcpy", "", 0, false, true}, {"lambda", "tests/ordering.cpp", 20, false, false}};
  run.races = {race};
  const model::Finding finding = judge_run(run, a_check()).findings.front();
  EXPECT_NE(finding.what.find("tests/ordering.cpp:20"), std::string::npos) << finding.what;
  EXPECT_NE(finding.why.find("calls of your code that should order them"), std::string::npos) << finding.why;
}

TEST(JudgeRun, AMisusedMutexIsNoRaceUnlessThereIsOneToo) {
  model::TestRun run = a_pass();
  model::Race misuse{"locked-mutex-destroy", {}, "", false};
  misuse.accesses.resize(2);  // stacks without threads
  misuse.accesses[0].stack = {{"f()", "bank.cpp", 7, true, false}};
  run.races = {misuse};
  const Opinion opinion = judge_run(run, a_check());
  EXPECT_EQ(opinion.verdict, Verdict::crash);
  EXPECT_EQ(opinion.findings.front().what, "A mutex is destroyed that is still locked at bank.cpp:7.");
  run.races.push_back(a_race(false));
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::data_race);
}

TEST(JudgeRun, TheSameRaceOfOtherThreadsIsToldOnceAndOwnLinesFirst) {
  model::TestRun run = a_pass();
  model::Race elsewhere = a_race(false);
  for (model::Access& access : elsewhere.accesses) access.stack = {{"lambda", "tests/ordering.cpp", 20, false, false}};
  model::Race again = a_race(false);
  again.accesses[0].thread = "thread T7";
  run.races = {elsewhere, a_race(false), again};
  const Opinion opinion = judge_run(run, a_check());
  ASSERT_EQ(opinion.findings.size(), 2u);
  EXPECT_NE(opinion.findings[0].what.find("counter.cpp:7"), std::string::npos);
  EXPECT_NE(opinion.findings[1].what.find("tests/ordering.cpp"), std::string::npos);
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
  EXPECT_EQ(opinion.findings.front().what, "Not implemented yet: put");
}

TEST(JudgeRun, IdleThreadsThatSpinAreALivelock) {
  model::TestRun run = a_pass();
  run.measurements.push_back({"idle processor time", 390, 40, "ms"});
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::livelock);
  run.measurements.front().value = 1;
  EXPECT_EQ(judge_run(run, a_check()).verdict, Verdict::passed);
}

TEST(JudgeRun, AFixtureThatMeasuresIsNotToldTwice) {
  model::TestRun run = a_pass();
  run.outcome = model::Outcome::failed;
  run.measurements = {{"idle processor time", 390, 40, "ms"}, {"idle wake-ups", 126, 40, ""}};
  run.failures = {{"harness/inside/testkit/threads_idle.cpp", 51, "Failed"}, {"tests/waiting.cpp", 12, "Value of: done"}};
  const Opinion opinion = judge_run(run, a_check());
  ASSERT_EQ(opinion.findings.size(), 3u);
  EXPECT_EQ(opinion.findings[0].what, "Threads that only had to wait came to 390 ms of processor time; at most 40 ms are allowed.");
  EXPECT_EQ(opinion.findings[1].what, "Threads that only had to wait came to 126 wake-ups; at most 40 are allowed.");
  EXPECT_EQ(opinion.findings[2].what, "Value of: done");
}

TEST(JudgeCheck, AFaultOfOursIsNoNewsBesideAMistake) {
  model::TestRun starved = a_pass();
  starved.outcome = model::Outcome::silent;
  starved.end.cut = model::Cut::starved;
  model::TestRun racy = a_pass();
  racy.races.push_back(a_race(false));
  const Opinion opinion = judge_check(a_check(), {"Order.IsKept"}, {starved, racy});
  EXPECT_EQ(opinion.verdict, Verdict::data_race);
  EXPECT_EQ(opinion.findings.size(), 1u);
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
