#include "harness/build/preprocessed.hpp"

#include <gtest/gtest.h>

namespace lockstep::build {
namespace {

std::string words(const std::vector<Token>& tokens) {
  std::string text;
  for (const Token& token : tokens)
    if (token.kind == Token::Kind::identifier) text += token.text + ":" + std::to_string(token.line) + " ";
  return text;
}

Preprocessed tell(std::string_view text) { return tell_apart(text, true, {}); }

// As gcc prints it.
constexpr std::string_view from_gcc = R"(# 0 "/w/a.cpp"
# 0 "<built-in>"
# 0 "<command-line>"
# 1 "/usr/include/stdc-predef.h" 1 3 4
predef
# 0 "<command-line>" 2
# 1 "/w/a.cpp"
# 1 "/usr/include/c++/12/thread" 1 3
inside
# 30 "/usr/include/c++/12/bits/std_thread.h" 1 3
deeper
# 31 "/usr/include/c++/12/thread" 2 3
still
# 2 "/w/a.cpp" 2
own

# 4 "/w/a.cpp" 3 4
system_macro
# 4 "/w/a.cpp"
rest
last)";

TEST(Preprocessed, TheFilesOwnWordsKeepTheirLines) {
  const Preprocessed seen = tell(from_gcc);
  EXPECT_EQ(words(seen.own), "own:2 rest:4 last:5 ");
  EXPECT_EQ(seen.headers.size(), 5u);
}

TEST(Preprocessed, ClangsMarkersMeanTheSame) {
  const Preprocessed seen = tell(R"(# 1 "a.cpp"
# 1 "<built-in>" 1
# 1 "<built-in>" 3
# 437 "<built-in>" 3
# 1 "<command line>" 1
# 1 "<built-in>" 2
# 1 "a.cpp" 2
first
# 1 "b.hpp" 1
header
# 3 "a.cpp" 2
third)");
  EXPECT_EQ(words(seen.own), "first:1 third:3 ");
}

TEST(Preprocessed, AnotherNameMakesNoOtherFile) {
  EXPECT_EQ(words(tell("# 1 \"a.cpp\"\nx\n# 7 \"/usr/include/c++/12/thread\"\nasm\n").own), "x:1 asm:7 ");
}

TEST(Preprocessed, AHeaderThatIsEditedIsOwn) {
  const Preprocessed seen = tell_apart(R"(# 1 "test.cpp"
# 1 "/tmp/x/submission-3/queue.hpp" 1
mine
# 1 "/usr/include/c++/12/queue" 1 3
theirs
# 2 "/tmp/x/submission-3/queue.hpp" 2
again
# 2 "test.cpp" 2
test)",
                                       false, {"/submission-3/queue.hpp"});
  EXPECT_EQ(words(seen.own), "mine:1 again:2 ");
}

TEST(Preprocessed, WhatLooksLikeAMarkerInARawStringIsNone) {
  EXPECT_EQ(words(tell("# 1 \"a.cpp\"\nauto s = R\"(\n# 1 \"b.hpp\" 1\n# x\n)\"; asm\n").own), "auto:1 s:1 asm:4 ");
}

TEST(Preprocessed, AnyTextHasAnEnd) {
  for (const char* text : {"", "#", "# 1", "# 99999999999999999999 \"a\" 1", "# 1 \"a\" 2 2 2\nx", "# \"a\"", "#1"}) tell(text);
  EXPECT_EQ(words(tell("# 1 \"a\" 2 2\nx").own), "x:1 ");
}

}  // namespace
}  // namespace lockstep::build
