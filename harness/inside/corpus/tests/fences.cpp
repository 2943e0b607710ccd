#include "corpus.hpp"
#include "harness/inside/testkit/testkit.hpp"

#define CASE(name) \
  TEST(Fences, name) { pdc::name(); }
#include "fence_cases.hpp"
#undef CASE
