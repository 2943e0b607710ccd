// Parsers of small texts: compilers about themselves, addr2line, lists of tests.
#include <gtest/gtest.h>

#include "harness/build/addr2line_text.hpp"
#include "harness/build/test_list.hpp"
#include "harness/build/toolchain_text.hpp"

namespace lockstep::build {
namespace {

TEST(CompilerText, FamiliesAndVersionsAreRead) {
  const CompilerText gcc = parse_compiler_version(
      "g++ (Debian 12.2.0-14+deb12u1) 12.2.0\nCopyright (C) 2022 Free Software Foundation, Inc.\nThis is free software; see the source\n");
  EXPECT_EQ(gcc.family, "gcc");
  EXPECT_EQ(gcc.version, "12.2.0");
  EXPECT_EQ(gcc.major(), 12);
  EXPECT_EQ(gcc.first_line, "g++ (Debian 12.2.0-14+deb12u1) 12.2.0");
  const CompilerText clang = parse_compiler_version("Debian clang version 19.1.7 (3+b1)\nTarget: x86_64-pc-linux-gnu\nThread model: posix\n");
  EXPECT_EQ(clang.family, "clang");
  EXPECT_EQ(clang.version, "19.1.7");
  EXPECT_EQ(parse_compiler_version("Ubuntu clang version 18.1.3 (1ubuntu1)\n").major(), 18);
}

TEST(CompilerText, OtherProgramsAreNoCompilers) {
  EXPECT_EQ(parse_compiler_version("cat (GNU coreutils) 9.1\n").family, "");
  EXPECT_EQ(parse_compiler_version("").family, "");
}

TEST(Addr2line, InlinedFramesBelongToTheirAddress) {
  const auto places = parse_addr2line(
      "0x0000000000001234\n_ZN3pdc4Bank7depositEil\n/tmp/./bank.cpp:9\n0x0000000000002000\nstd::thread::join()\n"
      "/usr/include/c++/12/thread:3 (discriminator 2)\nmain\n/tmp/./tests/behaviour.cpp:7\n0x0\n??\n??:0\n");
  ASSERT_EQ(places.size(), 3u);
  ASSERT_EQ(places[0].size(), 1u);
  EXPECT_EQ(places[0][0].function, "pdc::Bank::deposit(int, long)");
  EXPECT_EQ(places[0][0].file, "bank.cpp");
  EXPECT_EQ(places[0][0].line, 9);
  ASSERT_EQ(places[1].size(), 2u);
  EXPECT_EQ(places[1][0].file, "/usr/include/c++/12/thread");
  EXPECT_EQ(places[1][0].line, 3);
  EXPECT_EQ(places[1][1].file, "tests/behaviour.cpp");
  EXPECT_EQ(places[2][0].file, "");
  EXPECT_EQ(places[2][0].function, "");
}

TEST(TestList, SuitesAndNamesAreJoined) {
  EXPECT_EQ(parse_test_list("Running main() from x.cc\nBank.\n  Closed\n  DISABLED_Later\n  Sum\nAll/Typed/0.  # TypeParam = int\n  Works/1  # GetParam() = 3\n"),
            (std::vector<std::string>{"Bank.Closed", "Bank.Sum", "All/Typed/0.Works/1"}));
}

TEST(TestList, OtherTextHoldsNoTests) { EXPECT_TRUE(parse_test_list("hello world.\n  x\n\n").empty()); }

}  // namespace
}  // namespace lockstep::build
