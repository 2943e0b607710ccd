#include "harness/inside/mpiwatch/signature.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "harness/inside/mpiwatch/clocks.hpp"

namespace lockstep::mpiwatch {
namespace {

Signature pairs(std::uint64_t times) {  // (int, double), repeated
  Signature made{};
  append(made, Kind::int32, 1);
  append(made, Kind::float64, 1);
  return repeated(made, times);
}

TEST(Signature, AShorterMessageFits) {
  EXPECT_EQ(compare(signature_of(Kind::int32, 3), signature_of(Kind::int32, 10)), Fit::fits);
  EXPECT_EQ(compare(signature_of(Kind::int32, 0), signature_of(Kind::float64, 0)), Fit::fits);
}

TEST(Signature, ALongerOneDoesNot) { EXPECT_EQ(compare(signature_of(Kind::int32, 11), signature_of(Kind::int32, 10)), Fit::too_long); }

TEST(Signature, OtherElementsAreNoticedWhateverTheirSize) {
  EXPECT_EQ(compare(signature_of(Kind::int32, 4), signature_of(Kind::float32, 4)), Fit::other_type);
  EXPECT_EQ(compare(signature_of(Kind::byte, 4), signature_of(Kind::int32, 1)), Fit::other_type);
}

TEST(Signature, StructuresAreComparedElementByElement) {
  EXPECT_EQ(compare(pairs(3), pairs(5)), Fit::fits);
  EXPECT_EQ(compare(pairs(5), pairs(3)), Fit::too_long);
  Signature by_hand{};
  for (int i = 0; i < 2; ++i) {
    append(by_hand, Kind::int32, 1);
    append(by_hand, Kind::float64, 1);
  }
  EXPECT_EQ(compare(by_hand, pairs(2)), Fit::fits);
  EXPECT_TRUE(same(by_hand, pairs(2)));
  EXPECT_FALSE(same(by_hand, pairs(3)));
  EXPECT_EQ(compare(pairs(1), signature_of(Kind::int32, 2)), Fit::other_type);
}

TEST(Signature, AVectorOfColumnsIsARowOfNumbers) {
  Signature column{};
  append(column, Kind::float64, 7);
  EXPECT_EQ(compare(repeated(column, 3), signature_of(Kind::float64, 21)), Fit::fits);
}

TEST(Signature, PackedBytesAndLongPatternsAreLeftAlone) {
  EXPECT_EQ(compare(signature_of(Kind::packed, 100), signature_of(Kind::int32, 1)), Fit::unknown);
  Signature many{};
  for (int i = 0; i < 5; ++i) {
    append(many, Kind::int32, 1);
    append(many, Kind::float64, 1);
  }
  EXPECT_EQ(compare(many, signature_of(Kind::byte, 1)), Fit::unknown);
  EXPECT_TRUE(same(many, pairs(1)));
}

TEST(Signature, IsSaidInWords) {
  EXPECT_EQ(in_words(signature_of(Kind::float64, 10)), "10 double");
  EXPECT_EQ(in_words(pairs(3)), "3 x (1 int, 1 double)");
}

// A message of `sender` to `receiver`, both blocking, sender's turn first.
void pass(std::uint64_t& sender, std::uint64_t& receiver) {
  const std::uint64_t receiving = receiver, sent = sender = after_sending(sender, clocked_bytes);
  receiver = after_receiving(receiver, sent, clocked_bytes);
  sender = after_acknowledgement(sender, sent, receiving, clocked_bytes);
}

std::uint64_t longest(const std::vector<std::uint64_t>& clocks) { return *std::max_element(clocks.begin(), clocks.end()); }

TEST(Clocks, ARowOfSendsIsLinear) {
  for (const std::size_t ranks : {5U, 8U, 16U}) {
    std::vector<std::uint64_t> clocks(ranks);
    for (std::size_t to = 1; to < ranks; ++to) pass(clocks[0], clocks[to]);
    EXPECT_EQ(longest(clocks), 2 * (ranks - 1));
  }
}

TEST(Clocks, ABinomialTreeIsLogarithmic) {
  for (const std::size_t ranks : {8U, 16U}) {
    std::vector<std::uint64_t> clocks(ranks);
    for (std::size_t half = ranks / 2; half > 0; half /= 2)
      for (std::size_t from = 0; from < ranks; from += 2 * half) pass(clocks[from], clocks[from + half]);
    EXPECT_EQ(longest(clocks), ranks == 8 ? 6U : 8U);
  }
}

TEST(Clocks, ARingInWhichTheLowerRankSendsFirstIsAChain) {
  constexpr std::size_t ranks = 8;
  std::vector<std::uint64_t> clocks(ranks);
  // Ranks 0 to 6 send to the next one at once, 7 receives from 6 first, so 6 is free before 5, and so on.
  std::vector<std::uint64_t> posted(ranks);
  for (std::size_t rank = 0; rank + 1 < ranks; ++rank) posted[rank] = clocks[rank] = after_sending(clocks[rank], clocked_bytes);
  for (std::size_t from = ranks - 1; from-- > 0;) {
    const std::uint64_t receiving = clocks[from + 1];
    clocks[from + 1] = after_receiving(clocks[from + 1], posted[from], clocked_bytes);
    clocks[from] = after_acknowledgement(clocks[from], posted[from], receiving, clocked_bytes);
  }
  pass(clocks[7], clocks[0]);
  EXPECT_EQ(longest(clocks), 9U);  // P + 1
}

TEST(Clocks, WhatIsShortIsFree) {
  EXPECT_EQ(after_sending(3, 8), 3U);
  EXPECT_EQ(after_receiving(3, 5, 8), 5U);
}

}  // namespace
}  // namespace lockstep::mpiwatch
