// Further scenarios, each run in many orders of the threads' steps.
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "thread_pool.hpp"

using pdc::ThreadPool;
using Future = std::future<ThreadPool::Value>;

namespace {

ThreadPool::Value twice(ThreadPool::Value x) { return 2 * x; }

bool is_ready(const Future& future) { return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }

}  // namespace

TEST(OtherSchedules, ATaskOfAPoolOfOneMayMap) {
  ThreadPool pool(1);
  EXPECT_EQ(pool.submit([&] { return pool.map(twice, {1, 2})[1]; }).get(), 4);
}

TEST(OtherSchedules, TwoTasksOfAPoolOfTwoMayMap) {
  ThreadPool pool(2);
  Future first = pool.submit([&] { return pool.map(twice, {1})[0]; }), second = pool.submit([&] { return pool.map(twice, {2})[0]; });
  EXPECT_EQ(first.get() + second.get(), 6);
}

TEST(OtherSchedules, ATaskThatIsSubmittedDuringShutdownIsAnsweredOrRefused) {
  std::optional<Future> accepted;
  ThreadPool pool(1);
  std::thread submitter([&] {
    try {
      accepted = pool.submit([] { return 1; });
    } catch (const pdc::Closed&) {
    }
  });
  pool.shutdown(true);
  submitter.join();
  if (accepted) {
    ASSERT_TRUE(is_ready(*accepted)) << "submit has accepted a task of which nothing is heard any more";
    EXPECT_EQ(accepted->get(), 1);
  }
}

TEST(OtherSchedules, EveryShutdownWaitsForTheTasks) {
  ThreadPool pool(1);
  const Future task = pool.submit([] { return 1; });
  const auto stop = [&] {
    pool.shutdown(true);
    EXPECT_TRUE(is_ready(task)) << "shutdown has returned, and a task is still to come";
  };
  std::thread other(stop);
  stop();
  other.join();
}

TEST(OtherSchedules, AMapThatShutdownOvertakesComesToAnEnd) {
  ThreadPool pool(1);
  std::thread mapper([&] {
    try {
      EXPECT_EQ(pool.map(twice, {1, 2}), (std::vector<ThreadPool::Value>{2, 4}));
    } catch (const pdc::Closed&) {
    } catch (const std::future_error&) {
    }
  });
  pool.shutdown(false);
  mapper.join();
}

TEST(OtherSchedules, AnExceptionReachesTheFuture) {
  ThreadPool pool(1);
  Future task = pool.submit([]() -> ThreadPool::Value { throw std::runtime_error("of the task"); });
  EXPECT_THROW(task.get(), std::runtime_error);
}
