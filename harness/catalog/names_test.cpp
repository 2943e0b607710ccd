#include "harness/catalog/names.hpp"

#include <gtest/gtest.h>

namespace lockstep::catalog {
namespace {

TEST(Names, SnakeCaseBeginsWithALetterAndHasNoDoubledUnderscore) {
  EXPECT_TRUE(is_snake_case("no_lost_wakeup"));
  EXPECT_TRUE(is_snake_case("a1"));
  for (const char* wrong : {"", "_a", "a_", "a__b", "A", "no-dash", "1a", "a b"}) EXPECT_FALSE(is_snake_case(wrong)) << wrong;
}

TEST(Names, AChapterHasTwoDigitsFirst) {
  EXPECT_TRUE(is_chapter_name("02_threads"));
  for (const char* wrong : {"2_threads", "threads", "02_", "02-threads", "002_threads"}) EXPECT_FALSE(is_chapter_name(wrong)) << wrong;
}

TEST(Names, ASourceNameNamesNoFolder) {
  EXPECT_TRUE(is_plain_source_name("bank.cpp", false));
  EXPECT_TRUE(is_plain_source_name("bank.hpp", true));
  EXPECT_FALSE(is_plain_source_name("bank.hpp", false));
  for (const char* wrong : {"../bank.cpp", "a/b.cpp", "/bank.cpp", ".cpp", ".bank.cpp", "-o.cpp", "bank.c", "a b.cpp", "a\n.cpp"})
    EXPECT_FALSE(is_plain_source_name(wrong, true)) << wrong;
}

TEST(Names, WhatCouldForgeAMessageIsEscaped) {
  EXPECT_EQ(in_quotes("a\nb\x1b[31m\x7f`"), "`a\\nb\\x1b[31m\\x7f\\x60`");
  EXPECT_EQ(in_quotes("\xff\xc3\xa9"), "`\\xff\xc3\xa9`");
  EXPECT_EQ(in_quotes("\xc2\x85z"), "`\\xc2\\x85z`");  // a C1 control character
  EXPECT_LT(in_quotes(std::string(1000, 'x')).size(), 100U);
}

TEST(Names, TheFirstBadLineIsNamed) {
  EXPECT_EQ(first_line_not_utf8("a\n\xc3\xa9\n\xf0\x9f\x98\x80"), 0U);
  EXPECT_EQ(first_line_not_utf8("a\nb\xe9"), 2U);
  for (const char* bad : {"\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe0\x80\xaf", "\x80", "\xc3"})
    EXPECT_EQ(first_line_not_utf8(bad), 1U);
}

}  // namespace
}  // namespace lockstep::catalog
