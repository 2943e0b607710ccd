#include <gtest/gtest.h>

#include "harness/judge/events_for_tests.hpp"
#include "harness/judge/schedule.hpp"

namespace lockstep::judge {
namespace {

using model::Exploration;
using model::ScheduleEvent;

model::Schedule after(std::vector<ScheduleEvent> events) {
  Exploration seen;
  seen.events = std::move(events);
  return schedule_of(seen);
}

// "1 holds mutex A 0-2", sorted by how they came.
std::vector<std::string> spans(const model::Schedule& schedule, const std::string& what) {
  std::vector<std::string> found;
  for (const model::ScheduleSpan& span : schedule.spans)
    if (span.what == what)
      found.push_back(std::to_string(span.lane) + " " + (span.name.empty() ? "" : span.name + " ") + std::to_string(span.from) + "-" + std::to_string(span.to));
  return found;
}

std::vector<std::string> arrows(const model::Schedule& schedule) {
  std::vector<std::string> found;
  for (const model::ScheduleArrow& arrow : schedule.arrows) found.push_back(std::to_string(arrow.row) + " " + arrow.what + " " + std::to_string(arrow.lane));
  return found;
}

using Words = std::vector<std::string>;

TEST(ScheduleSpans, AThreadExistsFromItsCreationToItsEndAndIsWaitedForInBetween) {
  const model::Schedule schedule = after({event(0, "mutex_lock", 8), event(0, "create", 17, 0, 0, 1), event(1, "start", 17), event(1, "finish", 17), event(0, "join", 17, 0, 0, 1)});
  EXPECT_EQ(spans(schedule, "exists"), (Words{"0 0-5", "1 1-3"}));
  EXPECT_EQ(spans(schedule, "waits"), (Words{"0 1-3"}));
  EXPECT_EQ(arrows(schedule), (Words{"1 starts 1", "3 wakes 0"}));
}

TEST(ScheduleSpans, WhoComesAfterTheEndOfAThreadDidNotWaitForIt) {
  EXPECT_TRUE(spans(after({event(1, "finish", 17), event(0, "atomic_load", 8), event(0, "join", 17, 0, 0, 1)}), "waits").empty());
}

TEST(ScheduleSpans, ALockIsHeldFromRowToRowAndMayBeTakenTwice) {
  const model::Schedule schedule = after({event(0, "mutex_lock", 8), event(0, "mutex_lock", 8), event(0, "mutex_unlock", 8), event(0, "mutex_unlock", 8), event(0, "mutex_lock", 16)});
  EXPECT_EQ(spans(schedule, "holds"), (Words{"0 mutex A 0-3", "0 mutex B 4-5"}));
}

TEST(ScheduleSpans, WhoWantsAMutexWaitsOnlyWhileItIsTaken) {
  const model::Schedule schedule = after({event(1, "start", 17), event(0, "mutex_lock", 8), event(0, "atomic_load", 24), event(0, "mutex_unlock", 8), event(0, "atomic_load", 24),
                                                event(1, "mutex_lock", 8)});
  EXPECT_EQ(spans(schedule, "waits"), (Words{"1 1-3"}));
  EXPECT_EQ(arrows(schedule), (Words{"3 wakes 1"}));
}

TEST(ScheduleSpans, WhoIsNotifiedWaitsForTheMutexToo) {
  const model::Schedule schedule = after({event(1, "mutex_lock", 8), event(1, "cond_wait", 16, 8), event(0, "mutex_lock", 8), event(0, "cond_signal", 16, 0, 1, 1),
                                                event(0, "mutex_unlock", 8), event(1, "cond_wake", 16, 8)});
  EXPECT_EQ(spans(schedule, "holds"), (Words{"1 mutex A 0-1", "0 mutex A 2-4", "1 mutex A 5-6"}));
  EXPECT_EQ(spans(schedule, "waits"), (Words{"1 1-3", "1 3-4"}));
  EXPECT_EQ(arrows(schedule), (Words{"3 wakes 1", "4 wakes 1"}));
}

TEST(ScheduleSpans, ABroadcastWakesAllWhoWaitThere) {
  const model::Schedule schedule = after({event(1, "cond_wait", 16, 8), event(2, "cond_wait", 16, 8), event(3, "cond_wait", 24, 8), event(0, "cond_broadcast", 16, 0, 2)});
  EXPECT_EQ(arrows(schedule), (Words{"3 wakes 1", "3 wakes 2"}));
}

TEST(ScheduleSpans, TheLastToArriveWakesTheOthers) {
  const model::Schedule schedule = after({event(0, "barrier_arrive", 8, 0, 1), event(1, "barrier_arrive", 8, 0, 0), event(0, "barrier_leave", 8)});
  EXPECT_EQ(spans(schedule, "waits"), (Words{"0 0-1"}));
  EXPECT_EQ(arrows(schedule), (Words{"1 wakes 0"}));
}

TEST(ScheduleSpans, ASemaphoreIsWaitedForUntilItIsNoLongerZero) {
  ScheduleEvent post = event(0, "sem_post", 8);
  post.value2 = 1;
  const model::Schedule schedule = after({event(1, "start", 17), post, event(1, "sem_wait", 8)});
  EXPECT_EQ(spans(schedule, "waits"), (Words{"1 0-1"}));
  EXPECT_EQ(arrows(schedule), (Words{"1 wakes 1"}));
}

TEST(ScheduleSpans, ATimeLimitEndsAWaitWithoutAnybodysHelp) {
  const model::Schedule schedule = after({event(1, "start", 17), event(0, "mutex_lock", 8), event(1, "mutex_lock", 8, 0, 110)});
  EXPECT_EQ(spans(schedule, "waits"), (Words{"1 1-2"}));
  EXPECT_TRUE(arrows(schedule).empty());
}

TEST(ScheduleSpans, ADeadlockEndsInWaitsWithoutAnEnd) {
  Exploration seen;
  seen.outcome = "deadlock";
  seen.events = {event(0, "mutex_lock", 8), event(1, "mutex_lock", 16)};
  seen.tasks.resize(2);
  seen.tasks[0] = {"", 1, "mutex_lock", 16, 0, 1, {{"f", "buffer.cpp", 20, true, false}}};
  seen.tasks[1] = {"", 1, "mutex_lock", 8, 0, 0, {{"f", "buffer.cpp", 21, true, false}}};
  const model::Schedule schedule = schedule_of(seen);
  ASSERT_EQ(schedule.rows.size(), 4U);
  EXPECT_FALSE(schedule.rows[1].fatal);
  EXPECT_TRUE(schedule.rows[2].fatal);
  EXPECT_EQ(schedule.rows[2].text, "waits to lock mutex B, which thread 1 holds, for ever");
  EXPECT_EQ(schedule.rows[2].line, 20);
  EXPECT_EQ(spans(schedule, "waits"), (Words{"0 1-4", "1 1-4"}));
  EXPECT_EQ(spans(schedule, "holds"), (Words{"0 mutex A 0-4", "1 mutex B 1-4"}));
  EXPECT_EQ(arrows(schedule), (Words{"2 waits for 1", "3 waits for 0"}));
}

TEST(ScheduleSpans, ARaceEndsInItsTwoAccesses) {
  Exploration seen;
  seen.outcome = "data_race";
  seen.events = {event(1, "start", 17)};
  seen.accesses = {{true, false, 4, "", {{"f", "buffer.cpp", 7, true, false}}}, {false, false, 4, "", {{"f", "buffer.cpp", 5, true, false}}}};
  seen.access_tasks = {1, 0};
  seen.culprit = 1;
  seen.tasks.resize(2);
  seen.tasks[0] = {"", 1, "join", 17, 0, 1, {}};
  seen.tasks[1] = {"", 1, "mutex_lock", 8, 0, 1, {}};
  const model::Schedule schedule = schedule_of(seen);
  EXPECT_EQ(spans(schedule, "waits"), (Words{"0 0-3"}));  // thread 1 runs: the mutex is its own
  ASSERT_EQ(schedule.rows.size(), 3U);
  EXPECT_EQ(schedule.rows[1].text, "reads 4 bytes: that was some steps before");
  EXPECT_EQ(schedule.rows[2].text, "writes 4 bytes, and nothing orders the two");
  EXPECT_EQ(schedule.rows[2].line, 7);
  EXPECT_EQ(arrows(schedule), (Words{"2 races with 0"}));
}

TEST(ScheduleSpans, WhatFailsStandsBelowTheLastStep) {
  Exploration seen;
  seen.outcome = "failed";
  seen.events = {event(0, "atomic_load", 8)};
  seen.failures = {{"tests/schedules.cpp", 31, "no"}};
  const model::Schedule schedule = schedule_of(seen);
  ASSERT_EQ(schedule.rows.size(), 2U);
  EXPECT_TRUE(schedule.rows[1].fatal);
  EXPECT_EQ(schedule.rows[1].line, 31);
}

}  // namespace
}  // namespace lockstep::judge
