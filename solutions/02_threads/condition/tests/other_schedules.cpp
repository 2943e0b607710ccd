// Scenarios in which waits may also end for nothing or before their time, each run in many orders of the threads' steps.
#include <gtest/gtest.h>

#include <thread>

#include "bounded_buffer.hpp"

using pdc::BoundedBuffer;
using pdc::ms;

TEST(OtherSchedules, TwoProducersAndTwoConsumersOfASingleCell) {
  BoundedBuffer buffer(1);
  std::thread first([&] { EXPECT_TRUE(buffer.get()); }), second([&] { EXPECT_TRUE(buffer.get()); });
  std::thread producer([&] { EXPECT_TRUE(buffer.put(1)); });
  EXPECT_TRUE(buffer.put(2));
  producer.join();
  first.join();
  second.join();
  EXPECT_EQ(buffer.size(), 0u);
}

TEST(OtherSchedules, WhoGivesUpTakesNoWakeUpAlong) {
  BoundedBuffer buffer(2);
  bool timed = false;
  std::thread impatient([&] { timed = buffer.get_for(ms(50)).has_value(); }), patient([&] { EXPECT_TRUE(buffer.get()); });
  EXPECT_TRUE(buffer.put(1));
  impatient.join();
  if (timed) EXPECT_TRUE(buffer.put(2));
  patient.join();
}

TEST(OtherSchedules, NeverMoreThanTheCapacityIsInside) {
  BoundedBuffer buffer(1);
  std::thread first([&] { EXPECT_TRUE(buffer.put(1)); }), second([&] { EXPECT_TRUE(buffer.put(2)); });
  EXPECT_LE(buffer.size(), 1u);
  EXPECT_TRUE(buffer.get());
  EXPECT_LE(buffer.size(), 1u);
  EXPECT_TRUE(buffer.get());
  first.join();
  second.join();
}

TEST(OtherSchedules, AnItemThatWasNotPutInTimeIsNotInside) {
  BoundedBuffer buffer(1);
  EXPECT_TRUE(buffer.put(1));
  bool accepted = false;
  std::thread producer([&] { accepted = buffer.put_for(2, ms(50)); });
  EXPECT_EQ(buffer.get(), 1);
  producer.join();
  EXPECT_EQ(buffer.size(), accepted ? 1u : 0u);
}
