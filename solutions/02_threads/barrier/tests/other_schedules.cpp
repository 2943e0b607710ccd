// Scenarios in which waits may also end for nothing or before their time, each run in many orders of the threads' steps.
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <thread>

#include "barrier.hpp"
#include "harness/inside/lockstep/measures.hpp"

using pdc::BrokenBarrier;
using pdc::CyclicBarrier;
using pdc::ms;

TEST(OtherSchedules, ATimeoutIsForAllOrForNobody) {
  CyclicBarrier barrier(2);
  bool timed_passed = false, other_passed = false;
  std::thread timed([&] {
    try {
      barrier.arrive_and_wait_for(ms(100));
      timed_passed = true;
    } catch (const BrokenBarrier&) {
    }
  });
  try {
    barrier.arrive_and_wait();
    other_passed = true;
  } catch (const BrokenBarrier&) {
  }
  timed.join();
  EXPECT_EQ(timed_passed, other_passed) << "of the same phase";
  EXPECT_EQ(barrier.broken(), !timed_passed);
}

TEST(OtherSchedules, AbortSparesAPhaseThatWasComplete) {
  CyclicBarrier barrier(2);
  std::thread other([&] { EXPECT_NO_THROW(barrier.arrive_and_wait()); });
  EXPECT_NO_THROW(barrier.arrive_and_wait());
  barrier.abort();
  other.join();
}

TEST(OtherSchedules, CompletionMayAskTheBarrier) {
  const CyclicBarrier* asked = nullptr;
  bool broken = true;
  CyclicBarrier barrier(2, [&] { broken = asked->broken(); });
  asked = &barrier;
  std::thread other([&] { barrier.arrive_and_wait(); });
  barrier.arrive_and_wait();
  other.join();
  EXPECT_FALSE(broken);
}

TEST(OtherSchedules, WhatIsWrittenBeforeIsReadAfter) {
  CyclicBarrier barrier(2);
  std::array<int, 2> written{};
  const auto work = [&](std::size_t me) {
    written[me] = 1;
    barrier.arrive_and_wait();
    EXPECT_EQ(written[1 - me], 1);
  };
  std::thread other(work, 1);
  work(0);
  other.join();
}

TEST(OtherSchedules, ThreePartiesHaveThreeIndicesInEachPhase) {
  CyclicBarrier barrier(3);
  std::array<std::array<std::size_t, 3>, 2> index{};
  const auto work = [&](std::size_t me) {
    for (auto& of_phase : index) of_phase[me] = barrier.arrive_and_wait();
  };
  std::thread first(work, 1), second(work, 2);
  work(0);
  first.join();
  second.join();
  const lockstep::engine::Measures seen = lockstep::engine::measures();
  EXPECT_LE(seen.wake_ups, 4 + seen.early) << "in each of two phases, two of three parties wait";
  for (const auto& of_phase : index) EXPECT_EQ(std::set<std::size_t>(of_phase.begin(), of_phase.end()), (std::set<std::size_t>{0, 1, 2}));
}
