#include "harness/judge/schedule.hpp"

#include <gtest/gtest.h>

#include "harness/judge/events_for_tests.hpp"

namespace lockstep::judge {
namespace {

using model::Exploration;
using model::Verdict;

model::Frame line(int number) { return {"f", "buffer.cpp", number, true, false}; }

model::TestRun failing(const std::string& outcome) {
  model::TestRun run;
  run.test = "Schedules.A";
  run.exploration.emplace();
  run.exploration->outcome = outcome;
  run.exploration->replayed = true;
  return run;
}

TEST(JudgeExploration, WhatPassedIsNoFinding) { EXPECT_FALSE(judge_exploration(failing("passed"), Verdict::deadlock)); }

TEST(JudgeExploration, AFailureThatDidNotComeTwiceBlamesNobody) {
  model::TestRun run = failing("deadlock");
  run.exploration->replayed = false;
  EXPECT_EQ(judge_exploration(run, Verdict::deadlock)->verdict, Verdict::infra_error);
}

TEST(JudgeExploration, WhatTheEngineDoesNotControlBlamesNobody) {
  model::TestRun run = failing("not_controlled");
  run.exploration->text = "sends a signal to a thread";
  EXPECT_EQ(judge_exploration(run, Verdict::deadlock)->verdict, Verdict::infra_error);
}

TEST(JudgeExploration, ADeadlockMeansWhatTheCheckSays) {
  EXPECT_EQ(judge_exploration(failing("deadlock"), Verdict::deadlock)->verdict, Verdict::deadlock);
  EXPECT_EQ(judge_exploration(failing("deadlock"), Verdict::not_concurrent)->verdict, Verdict::not_concurrent);
}

TEST(JudgeExploration, ANotifyThatNobodyHeardIsNamed) {
  model::TestRun run = failing("deadlock");
  Exploration& seen = *run.exploration;
  seen.events = {event(1, "cond_signal", 8, 0, 0), event(0, "mutex_lock", 16), event(0, "cond_wait", 8, 16)};
  seen.tasks.resize(2);
  seen.tasks[0] = {"", 1, "cond_wake", 8, 16, -1, {line(20)}};
  seen.tasks[1].state = 3;
  const auto opinion = judge_exploration(run, Verdict::deadlock);
  EXPECT_NE(opinion->finding.what.find("Thread 1 notified condition A at buffer.cpp:11 before the main thread began to wait there"), std::string::npos) << opinion->finding.what;
  EXPECT_NE(opinion->finding.what.find("waits on condition A at buffer.cpp:20"), std::string::npos) << opinion->finding.what;
}

TEST(JudgeExploration, ARaceNamesBothLines) {
  model::TestRun run = failing("data_race");
  run.exploration->accesses = {{true, false, 4, "", {line(7)}}, {false, false, 4, "", {line(5)}}};
  run.exploration->access_tasks = {2, 0};
  const auto opinion = judge_exploration(run, Verdict::deadlock);
  EXPECT_EQ(opinion->verdict, Verdict::data_race);
  EXPECT_EQ(opinion->finding.what, "The main thread reads 4 bytes at buffer.cpp:5, then thread 2 writes 4 bytes at buffer.cpp:7, and nothing orders the two.");
}

TEST(ScheduleOf, SaysWhyAnotherThreadRuns) {
  Exploration seen;
  seen.events = {event(0, "mutex_lock", 16), event(1, "start"), event(0, "mutex_unlock", 16), event(1, "mutex_lock", 16)};
  const model::Schedule schedule = schedule_of(seen);
  ASSERT_EQ(schedule.rows.size(), 4U);
  EXPECT_EQ(schedule.rows[0].text, "locks mutex A");
  EXPECT_EQ(schedule.rows[1].reason, "the main thread is interrupted");
  EXPECT_EQ(schedule.rows[2].reason, "thread 1 waits for the mutex");
  EXPECT_EQ(schedule.rows[3].line, 11);
}

TEST(CoverageOf, ClaimsNoMoreThanWasRun) {
  Exploration all, bounded, some;
  all.every_trace = true;
  all.traces = 2311;
  bounded.complete_bound = 2;
  bounded.schedules = 1812;
  some.schedules = 40;
  EXPECT_EQ(coverage_of(all), "all 2,311 interleavings that differ");
  EXPECT_EQ(coverage_of(bounded), "all schedules with up to 2 preemptions, 1,812 schedules in all");
  EXPECT_EQ(coverage_of(some), "40 schedules");
  EXPECT_EQ(coverage_of(std::vector<const Exploration*>{&bounded, &some}), "1,852 schedules of 2 tests");
  EXPECT_EQ(coverage_of(std::vector<const Exploration*>{&some, &bounded}), "1,852 schedules of 2 tests");
  EXPECT_EQ(coverage_of(std::vector<const Exploration*>{&all, &bounded}), "all schedules with up to 2 preemptions, 1,812 schedules in all of 2 tests");
}

}  // namespace
}  // namespace lockstep::judge
