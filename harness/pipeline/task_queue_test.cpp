#include "harness/pipeline/task_queue.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>

namespace lockstep::pipeline {
namespace {

TEST(TaskQueue, WorksOffTasksThatTasksAdd) {
  TaskQueue queue;
  std::atomic<int> done = 0;
  for (int i = 0; i < 10; ++i)
    queue.add([&] {
      ++done;
      for (int j = 0; j < 3; ++j) queue.add([&] { ++done; });
    });
  queue.work(3);
  EXPECT_EQ(done, 40);
}

TEST(TaskQueue, TwoTasksMeetOnTwoThreads) {
  TaskQueue queue;
  std::latch both(2);
  for (int i = 0; i < 2; ++i) queue.add([&] { both.arrive_and_wait(); });
  queue.work(2);
  SUCCEED();
}

TEST(TaskQueue, RethrowsWhatATaskThrewAndDropsTheRest) {
  TaskQueue queue;
  int later = 0;
  queue.add([] { throw std::runtime_error("no disk"); });
  queue.add([&] { ++later; });
  EXPECT_THROW(queue.work(1), std::runtime_error);
  EXPECT_EQ(later, 0);
}

TEST(TaskQueue, EndsAtOnceWithoutTasks) {
  TaskQueue queue;
  queue.work(2);
  SUCCEED();
}

}  // namespace
}  // namespace lockstep::pipeline
