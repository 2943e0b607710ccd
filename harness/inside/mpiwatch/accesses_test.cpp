#include "harness/inside/mpiwatch/accesses.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <set>

namespace lockstep::mpiwatch {
namespace {

constexpr int window = 1, target = 2;

Access an_access(AccessKind kind, int origin, std::int64_t from, std::int64_t length) {
  static std::uint32_t number = 0;
  Access made{};
  made.kind = kind;
  made.origin = static_cast<std::int16_t>(origin);
  made.number = ++number;
  made.strip = {from, length, 0, 1};
  made.type = Kind::int32;
  made.op = 3;
  made.site.offset = number;
  return made;
}

struct Accesses : testing::Test {
  std::unique_ptr<World> world = std::make_unique<World>();
  Accesses() { world->windows[window].members = 0b111; }

  bool conflicts(const Access& access) const { return find_conflict(*world, window, target, access) != 0; }
  void begin(const Access& access) { remember(*world, window, target, access); }
  void complete(int origin) {
    ++world->orders[origin].known[origin];
    complete_accesses(*world, window, target, origin, [](const Access&) { return true; });
  }
  void message(int from, int to) {
    for (int rank = 0; rank < most_ranks; ++rank)
      world->orders[to].known[rank] = std::max(world->orders[to].known[rank], world->orders[from].known[rank]);
  }
  int kept() const {
    int count = 0;
    for (int at = world->windows[window].accesses[target]; at != 0; at = world->accesses[at].next) ++count;
    return count;
  }
};

TEST_F(Accesses, TwoOfWhichOneWritesConflictWhereTheyOverlap) {
  begin(an_access(AccessKind::put, 0, 0, 8));
  EXPECT_TRUE(conflicts(an_access(AccessKind::put, 1, 4, 8)));
  EXPECT_TRUE(conflicts(an_access(AccessKind::get, 1, 7, 1)));
  EXPECT_FALSE(conflicts(an_access(AccessKind::put, 1, 8, 8)));
  EXPECT_TRUE(conflicts(an_access(AccessKind::put, 0, 0, 1)));  // also of one rank
}

TEST_F(Accesses, ReadersNeverConflict) {
  begin(an_access(AccessKind::get, 0, 0, 8));
  EXPECT_FALSE(conflicts(an_access(AccessKind::get, 1, 0, 8)));
  Access no_change = an_access(AccessKind::accumulate, 1, 0, 8);
  no_change.op = no_op;
  EXPECT_FALSE(conflicts(no_change));
}

TEST_F(Accesses, AccumulatesOfOneOperationMeet) {
  begin(an_access(AccessKind::accumulate, 0, 0, 4));
  Access other = an_access(AccessKind::accumulate, 1, 0, 4);
  EXPECT_FALSE(conflicts(other));
  other.op = 4;
  EXPECT_TRUE(conflicts(other));
  for (const int op : {any_op, no_op}) {
    other.op = op;
    EXPECT_FALSE(conflicts(other));
  }
  other.op = 3;
  other.type = Kind::float32;
  EXPECT_TRUE(conflicts(other));
  other.origin = 0;  // ordered, whatever they do
  EXPECT_FALSE(conflicts(other));
}

TEST_F(Accesses, CompletionAndAMessageOrder) {
  begin(an_access(AccessKind::put, 0, 0, 4));
  message(0, 1);
  EXPECT_TRUE(conflicts(an_access(AccessKind::put, 1, 0, 4)));  // it is not complete
  complete(0);
  EXPECT_TRUE(conflicts(an_access(AccessKind::put, 1, 0, 4)));  // who knows?
  message(0, 2);
  message(2, 1);
  EXPECT_FALSE(conflicts(an_access(AccessKind::put, 1, 0, 4)));
  EXPECT_FALSE(conflicts(an_access(AccessKind::put, 0, 0, 4)));
}

TEST_F(Accesses, AnExclusiveLockExcludesOthersButNotItsOwner) {
  Access put = an_access(AccessKind::put, 0, 0, 4), shared = an_access(AccessKind::put, 1, 0, 4), own = an_access(AccessKind::put, 0, 0, 4);
  put.passive = put.exclusive = shared.passive = own.passive = own.exclusive = true;
  begin(put);
  EXPECT_FALSE(conflicts(shared));
  EXPECT_TRUE(conflicts(own));
}

TEST_F(Accesses, WhatEveryoneKnowsIsForgotten) {
  begin(an_access(AccessKind::put, 0, 0, 4));
  complete(0);
  message(0, 1);
  begin(an_access(AccessKind::put, 1, 100, 4));
  EXPECT_EQ(kept(), 2);
  message(0, 2);
  begin(an_access(AccessKind::put, 1, 200, 4));
  EXPECT_EQ(kept(), 2);
  forget_accesses(*world, window, target);
  EXPECT_EQ(kept(), 0);
}

TEST_F(Accesses, ALoopOverNeighboursIsOneEntry) {
  Access put = an_access(AccessKind::put, 0, 0, 4);
  for (int i = 0; i < 100; ++i, put.strip.from += 4, ++put.number) {
    EXPECT_FALSE(conflicts(put));
    begin(put);
  }
  EXPECT_EQ(kept(), 1);
  EXPECT_TRUE(conflicts(an_access(AccessKind::get, 1, 396, 4)));
  EXPECT_FALSE(conflicts(an_access(AccessKind::get, 1, 400, 4)));
}

TEST_F(Accesses, ThereIsRoomForNoMoreAndNothingBreaks) {
  for (int i = 0; i < most_accesses + 10; ++i) begin(an_access(AccessKind::put, 0, 8 * i, 4));
  EXPECT_EQ(kept(), most_accesses - 1);
}

std::set<std::int64_t> bytes_in(const Strip& strip) {
  std::set<std::int64_t> bytes;
  for (std::int64_t block = 0; block < strip.times; ++block)
    for (std::int64_t i = 0; i < strip.length; ++i) bytes.insert(strip.from + block * strip.stride + i);
  return bytes;
}

TEST(SharedBytes, AreThoseThatALookAtEachByteFinds) {
  std::mt19937 random(1);
  const auto any = [&](int least, int most) { return static_cast<std::int64_t>(least + static_cast<int>(random() % static_cast<unsigned>(most - least + 1))); };
  int found = 0;
  for (int i = 0; i < 20'000; ++i) {
    const auto a_row = [&] {
      const std::int64_t length = any(1, 5);
      return Strip{any(0, 40), length, length + any(0, 6), any(1, 6)};
    };
    const Strip a = a_row(), b = a_row();
    const std::set<std::int64_t> in_a = bytes_in(a), in_b = bytes_in(b);
    std::int64_t first = -1;
    for (const std::int64_t byte : in_a)
      if (first < 0 && in_b.contains(byte)) first = byte;
    const ByteRange range = shared_bytes(a, b);
    ASSERT_EQ(static_cast<bool>(range), first >= 0);
    if (first < 0) continue;
    ++found;
    for (std::int64_t byte = range.from; byte < range.to; ++byte) ASSERT_TRUE(in_a.contains(byte) && in_b.contains(byte));
  }
  EXPECT_GT(found, 5'000);
}

TEST(Strips, AreTheBytesOfAType) {
  std::mt19937 random(2);
  for (int i = 0; i < 2'000; ++i) {
    std::vector<char> used(random() % 30);
    for (char& byte : used) byte = random() % 2 != 0;
    std::set<std::int64_t> bytes, expected;
    for (const Strip& strip : strips_of_elements(strips_of(used), 3, 40, 100))
      for (const std::int64_t byte : bytes_in(strip)) bytes.insert(byte);
    for (std::int64_t element = 0; element < 3; ++element)
      for (std::size_t byte = 0; byte < used.size(); ++byte)
        if (used[byte] != 0) expected.insert(100 + 40 * element + static_cast<std::int64_t>(byte));
    ASSERT_EQ(bytes, expected);
  }
  EXPECT_EQ(strips_of({1, 0, 1, 0, 1, 0, 1}).size(), 1U);
  EXPECT_EQ(strips_of_elements({{0, 4, 0, 1}}, 1000, 4, 0).size(), 1U);
}

}  // namespace
}  // namespace lockstep::mpiwatch
