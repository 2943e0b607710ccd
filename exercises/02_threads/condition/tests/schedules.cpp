// Small scenarios, each run in many orders of the threads' steps, in virtual time.
#include <gtest/gtest.h>

#include <thread>

#include "bounded_buffer.hpp"

using pdc::BoundedBuffer;
using pdc::ms;

TEST(Schedules, ItemsArriveInOrderThroughASingleCell) {
  BoundedBuffer buffer(1);
  std::thread producer([&] {
    for (int i = 1; i <= 2; ++i) EXPECT_TRUE(buffer.put(i));
  });
  for (int i = 1; i <= 2; ++i) EXPECT_EQ(buffer.get(), i);
  producer.join();
  EXPECT_EQ(buffer.size(), 0u);
}

TEST(Schedules, TwoProducersAndOneCell) {
  BoundedBuffer buffer(1);
  std::thread first([&] { EXPECT_TRUE(buffer.put(1)); }), second([&] { EXPECT_TRUE(buffer.put(2)); });
  const auto a = buffer.get(), b = buffer.get();
  first.join();
  second.join();
  ASSERT_TRUE(a && b);
  EXPECT_EQ(*a + *b, 3);
}

TEST(Schedules, TwoConsumersGetOneItemEach) {
  BoundedBuffer buffer(2);
  std::thread first([&] { EXPECT_TRUE(buffer.get()); }), second([&] { EXPECT_TRUE(buffer.get()); });
  EXPECT_TRUE(buffer.put(1));
  EXPECT_TRUE(buffer.put(2));
  first.join();
  second.join();
}

TEST(Schedules, CloseReleasesEverybody) {
  BoundedBuffer buffer(1);
  std::thread first([&] { EXPECT_EQ(buffer.get(), std::nullopt); }), second([&] { EXPECT_EQ(buffer.get(), std::nullopt); });
  buffer.close();
  first.join();
  second.join();
}

TEST(Schedules, WhatWasPutBeforeCloseStillComesOut) {
  BoundedBuffer buffer(1);
  bool accepted = false;
  std::thread producer([&] { accepted = buffer.put(7); });
  buffer.close();
  producer.join();
  EXPECT_EQ(buffer.get(), accepted ? std::optional<BoundedBuffer::Item>(7) : std::nullopt);
}

TEST(Schedules, ATimeoutEndsTheWaitWhenItsTimeIsOver) {
  BoundedBuffer buffer(1);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(buffer.get_for(ms(50)), std::nullopt);
  const auto passed = std::chrono::steady_clock::now() - begin;
  EXPECT_GE(passed, ms(50));
  EXPECT_LT(passed, ms(60));
}
