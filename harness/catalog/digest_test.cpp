#include "harness/catalog/digest.hpp"

#include <gtest/gtest.h>

namespace lockstep::catalog {
namespace {

TEST(Digest, OfOneTextIsWhatSha256sumPrints) {  // FIPS 180-2, appendix B.1
  EXPECT_EQ(sha256_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, WhereAPartEndsMatters) {
  EXPECT_NE(Digest().add("ab").add("c").hex(), Digest().add("a").add("bc").hex());
  EXPECT_EQ(Digest().add("ab").add("c").hex(), Digest().add("ab").add("c").hex());
}

}  // namespace
}  // namespace lockstep::catalog
