#include "harness/observe/symbols.hpp"

#include <gtest/gtest.h>

namespace lockstep::observe {
namespace {

TEST(ParseAddr2line, KeepsInlinedFramesInnermostFirst) {
  Symbols symbols;
  parse_addr2line("0x0000000000001139: push at /w/b.cpp:4 (discriminator 3)\n (inlined by) main at /w/b.cpp:9\n0x0000000000000000: ?? ??:0\n", "m", symbols);
  const std::vector<model::Frame>& frames = symbols.at("m+0x1139");
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(frames[0].function, "push");
  EXPECT_EQ(frames[0].line, 4);
  EXPECT_EQ(frames[1].function, "main");
  EXPECT_EQ(frames[1].file, "/w/b.cpp");
  EXPECT_TRUE(symbols.contains("m+0x0"));
}

TEST(ParseAddr2line, UnderstandsNamesAndPathsWithSpaces) {
  Symbols symbols;
  parse_addr2line("0x10: std::function<void (int)>::operator()(int) const at /my files/at home/b.cpp:12\n0x11: f at ??:?\n", "m", symbols);
  EXPECT_EQ(symbols.at("m+0x10")[0].function, "std::function<void (int)>::operator()(int) const");
  EXPECT_EQ(symbols.at("m+0x10")[0].file, "/my files/at home/b.cpp");
  EXPECT_EQ(symbols.at("m+0x10")[0].line, 12);
  EXPECT_EQ(symbols.at("m+0x11")[0].line, 0);
}

TEST(ParseAddr2line, SurvivesNonsense) {
  Symbols symbols;
  parse_addr2line(" (inlined by) x at y:1\nnonsense\n0x\n0x: \n: :\n0x12: \n\n", "m", symbols);
  for (const auto& [address, frames] : symbols) EXPECT_EQ(frames.size(), 1u) << address;
}

TEST(ApplySymbols, AnAddressWithoutSymbolsIsAFrameOfItsModule) {
  std::vector<model::TestRun> runs(1);
  runs[0].stuck.push_back({.task = "main thread", .waits_in = "futex", .stack = {{.function = "/lib/x86_64-linux-gnu/libc.so.6+0x91"}, {.function = "junk"}}});
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
  const Symbols symbols{{"m+0x1", {{.function = "f", .file = "/w/a.cpp", .line = 1}}}, {"m+0x2", {{.function = "g", .file = "/w/tests/t.cpp", .line = 1}}}};
  apply_symbols(runs, symbols, {.workspace = "/w", .edit = {"a.cpp"}});
  ASSERT_EQ(runs[0].reports.size(), 2u);
  EXPECT_EQ(runs[0].reports[0].kind, "leaked 1 byte in 1 block");
  EXPECT_EQ(runs[0].reports[1].tool, "address");
}

}  // namespace
}  // namespace lockstep::observe
