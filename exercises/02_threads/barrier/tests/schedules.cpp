// Small scenarios, each run in many orders of the threads' steps, in virtual time.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <set>
#include <thread>

#include "barrier.hpp"

using pdc::BrokenBarrier;
using pdc::CyclicBarrier;
using pdc::ms;

TEST(Schedules, NobodyPassesBeforeAllHaveArrived) {
  CyclicBarrier barrier(2);
  std::array<std::atomic<int>, 2> phase{};
  const auto work = [&](std::size_t me) {
    for (int round = 1; round <= 2; ++round) {
      phase[me].store(round, std::memory_order_relaxed);
      barrier.arrive_and_wait();
      EXPECT_GE(phase[1 - me].load(std::memory_order_relaxed), round) << "the other had not arrived";
    }
  };
  std::thread other(work, 1);
  work(0);
  other.join();
}

TEST(Schedules, CompletionRunsOnceBeforeAnybodyReturns) {
  std::atomic<int> completions{0};
  CyclicBarrier barrier(2, [&] { completions.fetch_add(1, std::memory_order_relaxed); });
  std::array<std::size_t, 2> index{};
  const auto work = [&](std::size_t me) {
    index[me] = barrier.arrive_and_wait();
    EXPECT_EQ(completions.load(std::memory_order_relaxed), 1);
  };
  std::thread other(work, 1);
  work(0);
  other.join();
  EXPECT_EQ((std::set<std::size_t>{index[0], index[1]}), (std::set<std::size_t>{0, 1})) << "the arrival indices";
}

TEST(Schedules, ThreePartiesOnePhase) {
  CyclicBarrier barrier(3);
  std::thread first([&] { barrier.arrive_and_wait(); }), second([&] { barrier.arrive_and_wait(); });
  barrier.arrive_and_wait();
  first.join();
  second.join();
}

TEST(Schedules, AbortReleasesWhoWaitsOrComes) {
  CyclicBarrier barrier(2);
  std::thread waiter([&] { EXPECT_THROW(barrier.arrive_and_wait(), BrokenBarrier); });
  barrier.abort();
  waiter.join();
  EXPECT_TRUE(barrier.broken());
}

TEST(Schedules, ATimeoutBreaksTheBarrierWhenItsTimeIsOver) {
  CyclicBarrier barrier(2);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THROW(barrier.arrive_and_wait_for(ms(100)), BrokenBarrier);
  const auto passed = std::chrono::steady_clock::now() - begin;
  EXPECT_GE(passed, ms(100));
  EXPECT_LT(passed, ms(110));
  EXPECT_TRUE(barrier.broken());
}
