#include "corpus.hpp"
#include "harness/inside/testkit/testkit.hpp"

#define CASE(name) \
  TEST(Right, name) { pdc::right_##name(); }
#include "right_cases.hpp"
#undef CASE

#define CASE(name) \
  TEST(Racy, name) { pdc::racy_##name(); }
#include "racy_cases.hpp"
#undef CASE
