#include "grader/report/markdown_text.hpp"

#include <gtest/gtest.h>

namespace lockstep::report {
namespace {

TEST(MarkdownText, NothingThatCanBeginAConstructStaysBare) {
  EXPECT_EQ(escape_markdown("a*b_c`d|e<f>[g](h)"), "a\\*b\\_c\\`d\\|e\\<f\\>\\[g\\]\\(h\\)");
  EXPECT_EQ(escape_markdown("\\*"), "\\\\\\*");
}

TEST(MarkdownText, MentionsReferencesAndLinksArePartedByAnInvisibleSpace) {
  EXPECT_EQ(escape_markdown("@all"), "\\@\u200Ball");
  EXPECT_EQ(escape_markdown("#12"), "\\#\u200B12");
  EXPECT_EQ(escape_markdown("http://x"), "http\\:\u200B//x");
  EXPECT_EQ(escape_markdown("www.x"), "www\u200B\\.x");
}

TEST(MarkdownText, PlainWordsStayAsTheyAre) { EXPECT_EQ(escape_markdown("both partners hold 漢字, always"), "both partners hold 漢字, always"); }

TEST(MarkdownText, AFenceIsLongerThanAnyRunOfBackticksInIt) {
  EXPECT_EQ(fenced({"x"}, "cpp"), "```cpp\nx\n```");
  EXPECT_EQ(fenced({"````", "a ``` b"}, ""), "`````\n````\na ``` b\n`````");
}

}  // namespace
}  // namespace lockstep::report
