#include "harness/observe/symbols.hpp"

#include <gtest/gtest.h>

namespace lockstep::observe {
namespace {

TEST(AddressesToSymbolise, NamesEachOnceAndNothingElse) {
  std::vector<model::TestRun> runs(2);
  runs[0].reports = {
      {"address", "x", {{.function = "m+0x1"}, {.function = "m+0x1"}, {.function = "0x7f00"}, {.function = "m+0xzz"}, {.function = "+0x1"}}}};
  runs[1].stuck = {{.stack = {{.function = "a b+0x12"}, {.function = "main", .file = "t.cpp"}}}};
  EXPECT_EQ(addresses_to_symbolise(runs), (std::vector<std::string>{"a b+0x12", "m+0x1"}));
}

TEST(ApplySymbols, AnAddressWithoutSymbolsIsAFrameOfItsModule) {
  std::vector<model::TestRun> runs(1);
  runs[0].stuck.push_back(
      {.task = "main thread", .waits_in = "futex", .stack = {{.function = "/lib/x86_64-linux-gnu/libc.so.6+0x91"}, {.function = "junk"}}});
  apply_symbols(runs, {}, {});
  ASSERT_EQ(runs[0].stuck[0].stack.size(), 2u);
  EXPECT_EQ(runs[0].stuck[0].stack[0].file, "/lib/x86_64-linux-gnu/libc.so.6");
  EXPECT_TRUE(runs[0].stuck[0].stack[0].library);
  EXPECT_EQ(runs[0].stuck[0].stack[1].function, "junk");
}

TEST(ApplySymbols, ALeakThatIsNotTheStudentsIsLeftOut) {
  std::vector<model::TestRun> runs(1);
  runs[0].reports = {{"leak", "leaked 1 byte in 1 block", {{.function = "m+0x1"}}},
                     {"leak", "leaked 2 bytes in 1 block", {{.function = "m+0x2"}}},
                     {"address", "heap-use-after-free", {{.function = "m+0x2"}}}};
  const Symbols symbols{{"m+0x1", {{.function = "f", .file = "a.cpp", .line = 1}}},
                        {"m+0x2", {{.function = "g", .file = "tests/t.cpp", .line = 1}}}};
  apply_symbols(runs, symbols, {"a.cpp"});
  ASSERT_EQ(runs[0].reports.size(), 2u);
  EXPECT_EQ(runs[0].reports[0].kind, "leaked 1 byte in 1 block");
  EXPECT_EQ(runs[0].reports[1].tool, "address");
}

}  // namespace
}  // namespace lockstep::observe
