#include "harness/catalog/nearest.hpp"

#include <gtest/gtest.h>

namespace lockstep::catalog {
namespace {

TEST(Nearest, DistanceCountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("barrier", "barrier"), 0U);
  EXPECT_EQ(edit_distance("barier", "barrier"), 1U);
  EXPECT_EQ(edit_distance("braRier", "barrier"), 2U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Nearest, OnlyWordsThatCanBeMeantAreNamed) {
  const std::vector<std::string> known{"points", "program", "pipe_communication"};
  EXPECT_EQ(did_you_mean("piont", known), ", did you mean `points`?");
  EXPECT_EQ(did_you_mean("xyzzy", known), "");
  EXPECT_EQ(nearest_words("pipe", known, 3), std::vector<std::string>{"pipe_communication"});
}

}  // namespace
}  // namespace lockstep::catalog
