// What the buffer does for one thread, what it does while somebody waits, and how it closes.
#include <chrono>
#include <limits>
#include <optional>
#include <vector>

#include "bounded_buffer.hpp"
#include "harness/inside/testkit/testkit.hpp"

using lockstep::testkit::Worker;
using pdc::BoundedBuffer;
using pdc::ms;
using Item = BoundedBuffer::Item;
using Clock = std::chrono::steady_clock;

namespace {

// False if the call has returned; rethrows what it threw.
bool still_waits(Worker& worker) {
  worker.wait_until_blocked();
  if (!worker.finished()) return true;
  worker.join();
  return false;
}

}  // namespace

TEST(Basics, FirstInFirstOut) {
  BoundedBuffer buffer(3);
  for (Item round = 0; round < 5; ++round) {
    EXPECT_TRUE(buffer.put(10 * round + 1));
    EXPECT_TRUE(buffer.put(10 * round + 2));
    EXPECT_TRUE(buffer.put(10 * round + 3));
    EXPECT_EQ(buffer.get(), 10 * round + 1);
    EXPECT_EQ(buffer.get(), 10 * round + 2);
    EXPECT_EQ(buffer.get(), 10 * round + 3);
  }
}

TEST(Basics, EveryItemIsAnItem) {
  BoundedBuffer buffer(4);
  for (const Item item : {Item{0}, Item{-1}, std::numeric_limits<Item>::min(), std::numeric_limits<Item>::max()}) {
    EXPECT_TRUE(buffer.put(item));
    EXPECT_EQ(buffer.get(), item);
  }
}

TEST(Basics, NoCapacityIsRefused) {
  EXPECT_TRUE(BoundedBuffer(1).put(1));
  EXPECT_THROW(BoundedBuffer(0), std::invalid_argument);
}

TEST(Basics, SizeCountsWhatIsInside) {
  BoundedBuffer buffer(2);
  EXPECT_EQ(buffer.size(), 0u);
  buffer.put(1);
  EXPECT_EQ(buffer.size(), 1u);
  buffer.put(2);
  EXPECT_EQ(buffer.size(), 2u);
  buffer.get();
  EXPECT_EQ(buffer.size(), 1u);
}

TEST(Basics, NeverMoreThanItsCapacity) {
  for (const std::size_t capacity : {1u, 2u, 5u}) {
    BoundedBuffer buffer(capacity);
    for (std::size_t i = 0; i < capacity; ++i) EXPECT_TRUE(buffer.put_for(static_cast<Item>(i), ms(0)));
    EXPECT_FALSE(buffer.put_for(99, ms(0))) << "accepted one item more than a capacity of " << capacity;
    EXPECT_EQ(buffer.size(), capacity);
    for (std::size_t i = 0; i < capacity; ++i) EXPECT_EQ(buffer.get_for(ms(0)), static_cast<Item>(i));
    EXPECT_EQ(buffer.get_for(ms(0)), std::nullopt);
  }
}

TEST(Basics, ATimeoutOfZeroOrLessTries) {
  BoundedBuffer buffer(1);
  EXPECT_EQ(buffer.get_for(ms(-7)), std::nullopt);
  EXPECT_TRUE(buffer.put_for(1, ms(-7)));
  EXPECT_FALSE(buffer.put_for(2, ms(-7)));
  EXPECT_EQ(buffer.get_for(ms(-7)), 1);
}

TEST(Basics, GivesUpWhenItsTimeIsOver) {
  BoundedBuffer buffer(1);
  const Clock::time_point start = Clock::now();
  EXPECT_EQ(buffer.get_for(ms(15)), std::nullopt);
  EXPECT_GE(Clock::now() - start, ms(15)) << "get_for gave up too early";
  EXPECT_TRUE(buffer.put(1));
  const Clock::time_point again = Clock::now();
  EXPECT_FALSE(buffer.put_for(2, ms(15)));
  EXPECT_GE(Clock::now() - again, ms(15)) << "put_for gave up too early";
  EXPECT_EQ(buffer.size(), 1u);
}

TEST(Blocking, GetWaitsForAnItem) {
  BoundedBuffer buffer(1);
  std::optional<Item> item;
  Worker getter([&] { item = buffer.get(); });
  EXPECT_TRUE(still_waits(getter)) << "get returned although the buffer is empty and open";
  buffer.put(7);
  getter.join();
  EXPECT_EQ(item, 7);
}

TEST(Blocking, PutWaitsForRoom) {
  BoundedBuffer buffer(1);
  buffer.put(1);
  bool accepted = false;
  Worker putter([&] { accepted = buffer.put(2); });
  EXPECT_TRUE(still_waits(putter)) << "put returned although the buffer is full and open";
  EXPECT_EQ(buffer.get(), 1);
  putter.join();
  EXPECT_TRUE(accepted);
  EXPECT_EQ(buffer.get_for(ms(0)), 2);
}

// The time is long enough for the test, and short enough for a submission that sleeps through all of it. If it is over nevertheless, the machine
// was too slow to see anything.
TEST(Blocking, TimedCallsGoOnAsWell) {
  constexpr ms timeout{5000};
  const auto start = Clock::now();
  BoundedBuffer buffer(1);
  std::optional<Item> item;
  Worker getter([&] { item = buffer.get_for(timeout); });
  const bool getter_waited = still_waits(getter);
  buffer.put(1);
  EXPECT_FALSE(still_waits(getter)) << "get_for went on waiting after a put";
  getter.join();
  if (Clock::now() - start < timeout) {
    EXPECT_TRUE(getter_waited) << "get_for returned although the buffer was empty and open, and its time not over";
    EXPECT_EQ(item, 1);
  }

  const auto again = Clock::now();
  BoundedBuffer full(1);
  full.put(2);
  bool accepted = false;
  Worker putter([&] { accepted = full.put_for(3, timeout); });
  const bool putter_waited = still_waits(putter);
  full.get();
  EXPECT_FALSE(still_waits(putter)) << "put_for went on waiting after a get";
  putter.join();
  if (Clock::now() - again < timeout) {
    EXPECT_TRUE(putter_waited) << "put_for returned although the buffer was full and open, and its time not over";
    EXPECT_TRUE(accepted);
  }
}

TEST(Blocking, OthersMayLookAndTryMeanwhile) {
  BoundedBuffer empty(1);
  Worker getter([&] { empty.get(); });
  getter.wait_until_blocked();
  EXPECT_EQ(empty.size(), 0u);
  EXPECT_EQ(empty.get_for(ms(0)), std::nullopt);

  BoundedBuffer full(1);
  full.put(1);
  Worker putter([&] { full.put(2); });
  putter.wait_until_blocked();
  EXPECT_EQ(full.size(), 1u);
  EXPECT_FALSE(full.put_for(3, ms(0)));

  empty.put(1);
  full.get();
  getter.join();
  putter.join();
}

TEST(Closing, WhatWasAcceptedIsStillDelivered) {
  BoundedBuffer buffer(3);
  EXPECT_TRUE(buffer.put(1));
  EXPECT_TRUE(buffer.put(2));
  buffer.close();
  EXPECT_FALSE(buffer.put(3));
  EXPECT_FALSE(buffer.put_for(3, ms(0)));
  EXPECT_FALSE(buffer.put_for(3, ms(20)));
  EXPECT_EQ(buffer.size(), 2u);
  EXPECT_EQ(buffer.get(), 1);
  EXPECT_EQ(buffer.get_for(ms(0)), 2);
  EXPECT_EQ(buffer.get(), std::nullopt);
  EXPECT_EQ(buffer.get_for(ms(20)), std::nullopt);
}

TEST(Closing, TwiceIsLikeOnce) {
  BoundedBuffer buffer(1);
  buffer.put(5);
  buffer.close();
  buffer.close();
  EXPECT_EQ(buffer.get(), 5);
  buffer.close();
  EXPECT_EQ(buffer.get(), std::nullopt);
}

TEST(Closing, WakesEveryGetter) {
  BoundedBuffer buffer(1);
  std::vector<std::optional<Item>> items(3, Item{0});
  Worker first([&] { items[0] = buffer.get(); });
  first.wait_until_blocked();
  Worker second([&] { items[1] = buffer.get(); });
  second.wait_until_blocked();
  Worker third([&] { items[2] = buffer.get(); });
  third.wait_until_blocked();
  buffer.close();
  first.join();
  second.join();
  third.join();
  for (const std::optional<Item>& item : items) EXPECT_EQ(item, std::nullopt);
}

TEST(Closing, WakesEveryPutterAndDropsTheirItems) {
  BoundedBuffer buffer(1);
  buffer.put(1);
  std::vector<int> accepted(3, 1);
  Worker first([&] { accepted[0] = buffer.put(2); });
  first.wait_until_blocked();
  Worker second([&] { accepted[1] = buffer.put(3); });
  second.wait_until_blocked();
  Worker third([&] { accepted[2] = buffer.put(4); });
  third.wait_until_blocked();
  buffer.close();
  first.join();
  second.join();
  third.join();
  EXPECT_EQ(accepted, std::vector<int>({0, 0, 0})) << "a put that was waiting when the buffer was closed";
  EXPECT_EQ(buffer.get(), 1);
  EXPECT_EQ(buffer.get(), std::nullopt);
}

// Woken by close, not by the clock. On a host so slow that the time is over anyway there is nothing to see.
TEST(Closing, WakesThoseWhoWaitWithATimeout) {
  constexpr ms timeout{3000};
  BoundedBuffer empty(1), full(1);
  full.put(1);
  std::optional<Item> item;
  bool accepted = true;
  Worker getter([&] { item = empty.get_for(timeout); });
  getter.wait_until_blocked();
  Worker putter([&] { accepted = full.put_for(2, timeout); });
  putter.wait_until_blocked();
  empty.close();
  EXPECT_FALSE(still_waits(getter)) << "get_for went on waiting after close";
  full.close();
  EXPECT_FALSE(still_waits(putter)) << "put_for went on waiting after close";
  getter.join();
  putter.join();
  EXPECT_EQ(item, std::nullopt);
  EXPECT_FALSE(accepted);
}
