// Small scenarios, each run in many orders of the threads' steps, in virtual time.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <vector>

#include "harness/inside/lockstep/measures.hpp"
#include "thread_pool.hpp"

using pdc::ms;
using pdc::ThreadPool;

TEST(Schedules, ATaskRunsAndAnswers) {
  ThreadPool pool(1);
  EXPECT_EQ(pool.submit([] { return 7; }).get(), 7);
}

TEST(Schedules, TheDestructorRunsWhatIsQueued) {
  std::future<ThreadPool::Value> first, second;
  {
    ThreadPool pool(1);
    first = pool.submit([] { return 1; });
    second = pool.submit([] { return 2; });
  }
  EXPECT_EQ(first.get() + second.get(), 3);
}

TEST(Schedules, TwoWorkersEndWithoutATask) { const ThreadPool pool(2); }

TEST(Schedules, MapWaitsForEveryCall) {
  ThreadPool pool(1);
  EXPECT_EQ(pool.map([](ThreadPool::Value x) { return x * 10; }, {1, 2}), (std::vector<ThreadPool::Value>{10, 20}));
}

TEST(Schedules, TasksThatSleepDoSoAtTheSameTime) {
  const auto begin = std::chrono::steady_clock::now();
  {
    ThreadPool pool(2);
    for (int i = 0; i < 4; ++i)
      pool.submit([] {
        std::this_thread::sleep_for(ms(100));
        return 0;
      });
  }
  const auto passed = std::chrono::steady_clock::now() - begin;
  const lockstep::engine::Measures seen = lockstep::engine::measures();
  EXPECT_EQ(seen.work_ns, 400'000'000u) << "four tasks of 100 ms";
  EXPECT_EQ(seen.span_ns, 200'000'000u) << "two of them, one after the other";
  EXPECT_GE(passed, ms(200));
  EXPECT_LT(passed, ms(210)) << "two workers share four tasks of 100 ms";
}
