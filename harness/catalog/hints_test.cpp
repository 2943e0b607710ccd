#include "harness/catalog/hints.hpp"

#include <gtest/gtest.h>

namespace lockstep::catalog {
namespace {

std::string problems_of(const std::string& text) {
  std::vector<Problem> problems;
  parse_hints(text, "HINTS.md", problems);
  return render_problems(problems);
}

TEST(Hints, EachSectionIsOneHintWithoutItsHeading) {
  std::vector<Problem> problems;
  const auto hints = parse_hints("# Title\n\nprose\n\n## 1\n\nweak\n\n## 2\r\n\na\n\nb\n## 3\nstrong", "HINTS.md", problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(hints, (std::vector<std::string>{"weak", "a\n\nb", "strong"}));
}

TEST(Hints, AHeadingInCodeIsCode) { EXPECT_EQ(problems_of("## 1\n```\n## 7\n```\n## 2\nx\n## 3\ny\n"), ""); }

TEST(Hints, MissingEmptyAndMisnumberedHintsAreProblems) {
  EXPECT_NE(problems_of("## 1\nx\n## 2\ny\n").find("there are 2"), std::string::npos);
  EXPECT_NE(problems_of("").find("there are 0"), std::string::npos);
  EXPECT_NE(problems_of("## 1\nx\n## 2\n\n## 3\ny\n").find("## 2: the hint is empty"), std::string::npos);
  EXPECT_NE(problems_of("## 1\nx\n## 3\ny\n## 2\nz\n").find("should be `## 2`"), std::string::npos);
  EXPECT_NE(problems_of("## 1\nx\n## 2\ny\n## 3\nz\n## 4\nw\n").find("there are 4"), std::string::npos);
}

}  // namespace
}  // namespace lockstep::catalog
