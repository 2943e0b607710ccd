#include "harness/run/quiescence.hpp"

#include <algorithm>

#include "harness/run/box_under_test.hpp"

namespace lockstep::run {
namespace {

Ended watched(const std::string& behaviour, ProcessRunner& runner = strongest_runner()) {
  Command command = subject(behaviour);
  command.prove_deadlock = true;
  command.limits.wall = std::chrono::seconds(10);
  return runner.run(command);
}

class Deadlock : public testing::TestWithParam<const char*> {};

TEST_P(Deadlock, IsProven) {
  const Ended ended = watched(GetParam());
  EXPECT_EQ(ended.end.cut, model::Cut::proven_deadlock);
  ASSERT_FALSE(ended.stuck.empty());
  for (const model::StuckTask& task : ended.stuck) EXPECT_FALSE(task.waits_in.empty());
}

INSTANTIATE_TEST_SUITE_P(Quiescence, Deadlock,
                         testing::Values("deadlock_mutex", "deadlock_condition", "deadlock_pipe", "deadlock_full_pipe", "deadlock_wait",
                                         "deadlock_stopped", "deadlock_select", "deadlock_socket"),
                         [](const auto& one) { return std::string(one.param); });

class Alive : public testing::TestWithParam<const char*> {};

TEST_P(Alive, IsLeftAlone) {
  const Ended ended = watched(GetParam());
  EXPECT_EQ(ended.end.cut, model::Cut::none);
  EXPECT_EQ(ended.end.code, 0);
  EXPECT_TRUE(ended.stuck.empty());
}

INSTANTIATE_TEST_SUITE_P(Quiescence, Alive,
                         testing::Values("alive_sleeper", "alive_timed_wait", "alive_computing", "alive_peer_writes_later", "alive_other_sleeps",
                                         "alive_raw_nanosleep", "alive_alarm", "alive_timer", "alive_socket_limit"),
                         [](const auto& one) { return std::string(one.param); });

TEST(Quiescence, NamesEveryTaskAndWhereItWaits) {
  const Ended ended = watched("deadlock_mutex");
  ASSERT_EQ(ended.stuck.size(), 3u);
  EXPECT_EQ(ended.stuck[0].task, "main thread");
  EXPECT_EQ(ended.stuck[1].task, "thread 1");
  EXPECT_EQ(ended.stuck[2].task, "thread 2");
  for (const model::StuckTask& task : ended.stuck) {
    EXPECT_EQ(task.waits_in, "futex wait (mutex, condition variable or join)");
    const auto in_program = [](const model::Frame& frame) { return frame.function.starts_with("/subject/run_subject+0x"); };
    EXPECT_TRUE(std::ranges::any_of(task.stack, in_program)) << task.task;
  }
  const Ended waiting = watched("deadlock_wait");
  ASSERT_EQ(waiting.stuck.size(), 2u);
  EXPECT_EQ(waiting.stuck[0].waits_in, "waitpid: waiting for a child process to end");
  EXPECT_TRUE(waiting.stuck[0].task.starts_with("process "));
}

TEST(Quiescence, ComesSoonAfterTheFact) { EXPECT_LT(watched("deadlock_mutex").end.wall_ms, 2'000); }

TEST(Quiescence, ProvesWithoutNamespacesToo) {
  const auto runner = make_process_runner({.slots = 1, .confinement = Confinement::none});
  EXPECT_EQ(watched("deadlock_condition", *runner).end.cut, model::Cut::proven_deadlock);
  EXPECT_EQ(watched("alive_other_sleeps", *runner).end.cut, model::Cut::none);
}

}  // namespace
}  // namespace lockstep::run
