#include "canary.hpp"
#include "harness/inside/testkit/testkit.hpp"

namespace {

void count_on_two_threads(bool locked) {
  lockstep::testkit::together(2, [locked](std::size_t) {
    for (int i = 0; i < 1000; ++i) pdc::count(locked);
  });
}

TEST(Canary, Locked) {
  count_on_two_threads(true);
  EXPECT_EQ(pdc::counted(), 2000);
}

TEST(Canary, Unlocked) { count_on_two_threads(false); }

}  // namespace
