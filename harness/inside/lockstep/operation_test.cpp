#include "harness/inside/lockstep/operation.hpp"

#include <gtest/gtest.h>

namespace lockstep::engine {
namespace {

Footprint touching(std::uint64_t object, bool writes) { return footprint_of({OpKind::atomic_load, object, 0, writes, false}); }

TEST(Dependence, OnlyOverACommonObjectThatOneChanges) {
  EXPECT_TRUE(dependent(touching(8, true), touching(8, false)));
  EXPECT_TRUE(dependent(touching(8, true), touching(8, true)));
  EXPECT_FALSE(dependent(touching(8, false), touching(8, false)));
  EXPECT_FALSE(dependent(touching(8, true), touching(16, true)));
  EXPECT_FALSE(dependent(footprint_of({OpKind::yield, 0, 0, false, false}), touching(8, true)));
}

TEST(Dependence, SeesBothObjectsOfAWait) {
  const Footprint wait = footprint_of({OpKind::cond_wait, 8, 16});
  EXPECT_TRUE(dependent(wait, touching(16, true)));
  EXPECT_TRUE(dependent(touching(8, false), wait));
}

}  // namespace
}  // namespace lockstep::engine
