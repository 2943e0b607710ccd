#include "grader/report/visible_text.hpp"

#include <gtest/gtest.h>

namespace lockstep::report {
namespace {

using Lines = std::vector<std::string>;

TEST(VisibleText, ControlsBecomePictures) {
  EXPECT_EQ(visible_text(std::string_view("a\0b\x1B[2Jc\x07\x7F\rd", 12)), "a␀b␛[2Jc␇␡␍d");
}

TEST(VisibleText, ColourCodesAreDroppedAndNothingElseIs) {
  EXPECT_EQ(visible_text("\x1B[1;31mred\x1B[0m \x1B[31"), "red ␛[31");
  EXPECT_EQ(visible_text("\x1B]0;title\x07"), "␛]0;title␇");
}

TEST(VisibleText, TextCannotBeReorderedOrHidden) {
  EXPECT_EQ(visible_text("a\u202Eb\u2066c\u200B\uFEFF\u0085"), "a\\u{202E}b\\u{2066}c\\u{200B}\\u{FEFF}\\u{0085}");
}

TEST(VisibleText, BrokenUtf8AndXmlNoncharactersAreReplaced) {
  EXPECT_EQ(visible_text("\xFF\xC0\xAF"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(visible_text("\xEF\xBF\xBF"), "\\u{FFFF}");
}

TEST(VisibleText, LettersEmojiAndTheirJoinersStay) {
  const std::string text = "grüße 漢字 👩\u200D💻 ∀x";
  EXPECT_EQ(visible_text(text), text);
}

TEST(VisibleText, LinesEndAtLineFeedsWithOrWithoutCarriageReturn) {
  EXPECT_EQ(visible_lines("a\r\nb\n\nc"), (Lines{"a", "b", "", "c"}));
  EXPECT_EQ(visible_lines("a\n"), (Lines{"a"}));
  EXPECT_TRUE(visible_lines("").empty());
}

TEST(VisibleText, TabsReachTheNextColumnOfFour) { EXPECT_EQ(visible_lines("\tx\n漢\ty"), (Lines{"    x", "漢  y"})); }

TEST(VisibleText, OneLineIsOneLine) { EXPECT_EQ(visible_line("  a\nb\tc\n"), "a b c"); }

TEST(VisibleText, ColumnsAreThoseOfATerminal) {
  EXPECT_EQ(columns("abc"), 3);
  EXPECT_EQ(columns("漢字"), 4);
  EXPECT_EQ(columns("e\u0301"), 1);
  EXPECT_EQ(columns("🦀"), 2);
}

TEST(VisibleText, ClippedTextFitsAndSaysSo) {
  EXPECT_EQ(clip("abcdef", 6), "abcdef");
  EXPECT_EQ(clip("abcdefg", 6), "abcde…");
  EXPECT_EQ(clip("漢字漢字", 6), "漢字…");
  EXPECT_EQ(clip("abc", 1), "…");
}

TEST(VisibleText, WrappingKeepsEveryWordAndTheWidth) {
  EXPECT_EQ(wrap("one two  three", 7), (Lines{"one two", "three"}));
  EXPECT_EQ(wrap("a abcdefgh", 4), (Lines{"a", "abcd", "efgh"}));
  EXPECT_TRUE(wrap("   ", 4).empty());
}

TEST(VisibleText, ShorteningCountsWhatItLeavesOut) {
  const Lines lines{"1", "2", "3", "4", "5"};
  EXPECT_EQ(shorten(lines, 2, 3, 9), lines);
  EXPECT_EQ(shorten(lines, 1, 2, 9), (Lines{"1", "[… 2 lines left out …]", "4", "5"}));
  EXPECT_EQ(shorten(lines, 2, 0, 9), (Lines{"1", "2", "[… 3 lines left out …]"}));
  EXPECT_EQ(shorten(lines, 0, 1, 9), (Lines{"[… 4 lines left out …]", "5"}));
  EXPECT_EQ(shorten(lines, 9, 0, 9), lines);
}

}  // namespace
}  // namespace lockstep::report
