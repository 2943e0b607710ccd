#include "harness/run/supervision.hpp"

#include <signal.h>

#include <chrono>

#include "harness/run/box_under_test.hpp"

namespace lockstep::run {
namespace {

using model::Cut;
using model::How;

Ended run_subject(const std::string& behaviour, const std::string& argument = "", Limits limits = {}) {
  Command command = subject(behaviour, argument);
  command.limits = limits;
  return strongest_runner().run(command);
}

TEST(Supervision, ReportsTheExitStatus) {
  const Ended ended = run_subject("exit", "42");
  EXPECT_EQ(ended.end.how, How::exited);
  EXPECT_EQ(ended.end.code, 42);
  EXPECT_EQ(ended.end.cut, Cut::none);
}

TEST(Supervision, ReportsTheSignal) {
  for (const int number : {SIGSEGV, SIGKILL, SIGTERM}) {
    const Ended ended = run_subject("die", std::to_string(number));
    EXPECT_EQ(ended.end.how, How::signalled);
    EXPECT_EQ(ended.end.code, number);
  }
}

TEST(Supervision, CutsAtTheLimitOfCpuTime) {
  const Ended ended = run_subject("compute", "", {.cpu = std::chrono::milliseconds(200)});
  EXPECT_EQ(ended.end.cut, Cut::cpu_time);
  EXPECT_GE(ended.end.cpu_ms, 200);
}

TEST(Supervision, CountsTheCpuTimeOfChildrenThatAreGone) {
  EXPECT_EQ(run_subject("compute_in_children", "", {.cpu = std::chrono::milliseconds(300)}).end.cut, Cut::cpu_time);
}

TEST(Supervision, CutsAtTheLimitOfWallTime) {
  const Ended ended = run_subject("sleep_for_ever", "", {.wall = std::chrono::milliseconds(200)});
  EXPECT_EQ(ended.end.how, How::cut);
  EXPECT_EQ(ended.end.cut, Cut::wall_time);
  EXPECT_LT(ended.end.cpu_ms, 150);
}

TEST(Supervision, CutsAtTheLimitOfMemory) {
  const Ended ended = run_subject("eat_memory", "", {.memory_bytes = 64 << 20});
  EXPECT_EQ(ended.end.cut, Cut::memory);
  EXPECT_GE(ended.end.peak_bytes, 60u << 20);
}

TEST(Supervision, CutsAForkBomb) {
  for (const char* bomb : {"fork_bomb", "session_bomb"}) {
    const Ended ended = run_subject(bomb, mark_of_this_test(), {.wall = std::chrono::seconds(20), .cpu = std::chrono::seconds(15), .tasks = 40});
    EXPECT_EQ(ended.end.cut, Cut::tasks) << bomb;
    EXPECT_FALSE(some_process_has(mark_of_this_test()));
  }
}

TEST(Supervision, KeepsTheBeginningOfMuchOutputAndGoesOn) {
  const Ended ended = run_subject("flood", "3000000", {.output_bytes = 100'000});
  EXPECT_EQ(ended.end.how, How::exited);
  EXPECT_EQ(ended.end.code, 0);
  EXPECT_EQ(ended.end.out, std::string(100'000, 'x'));
}

TEST(Supervision, CutsAFlood) {
  const Ended ended = run_subject("flood", "100000000000", {.output_bytes = 10'000});
  EXPECT_EQ(ended.end.cut, Cut::output);
  EXPECT_EQ(ended.end.out.size(), 10'000u);
}

TEST(Supervision, AFileThatGrowsTooBigEndsTheProgram) {
  EXPECT_EQ(run_subject("write_file", "3", {.file_bytes = 4 << 20}).end.code, 0);
  const Ended ended = run_subject("write_file", "8", {.file_bytes = 4 << 20});
  EXPECT_TRUE((ended.end.how == How::signalled && ended.end.code == SIGXFSZ) || ended.end.code == 1);  // the limit, or the folder is full
}

TEST(Supervision, AGrandchildThatHoldsTheOutputsDoesNotHoldUs) {
  const Ended ended = run_subject("hold_output");
  EXPECT_EQ(ended.end.code, 0);
  EXPECT_LT(ended.end.wall_ms, 5'000);
}

TEST(Supervision, OnlyARunThatStoodReadyWithoutAProcessorIsStarved) {
  EXPECT_TRUE(is_starved(1000, 200, 800));
  EXPECT_FALSE(is_starved(1000, 950, 50));     // computed all the time
  EXPECT_FALSE(is_starved(1000, 10, 5));       // slept
  EXPECT_FALSE(is_starved(1000, 1900, 6000));  // its own threads fought for both processors
}

}  // namespace
}  // namespace lockstep::run
