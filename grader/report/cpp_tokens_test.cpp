#include "grader/report/cpp_tokens.hpp"

#include <gtest/gtest.h>

#include "grader/report/samples/sample_records.hpp"
#include "grader/report/visible_text.hpp"

namespace lockstep::report {
namespace {

// "keyword:int| x = |number:1|;"
std::string shown(const std::vector<Token>& tokens) {
  std::string text;
  for (const Token& token : tokens) text += (text.empty() ? "" : "|") + (token.kind.empty() ? "" : std::string(token.kind) + ":") + token.text;
  return text;
}

TEST(CppTokens, KindsAreToldApart) {
  EXPECT_EQ(shown(cpp_tokens({"const int x = 0x1F'00;  // five"})[0]), "keyword:const| |keyword:int| x = |number:0x1F'00|;  |comment:// five");
  EXPECT_EQ(shown(cpp_tokens({"#include \"bank.hpp\""})[0]), "directive:#include |string:\"bank.hpp\"");
  EXPECT_EQ(shown(cpp_tokens({R"(f("a\"//", '\''))"})[0]), R"(f(|string:"a\"//"|, |string:'\''|))");
}

TEST(CppTokens, AWordThatHoldsAKeywordIsNone) { EXPECT_EQ(shown(cpp_tokens({"printf(interval)"})[0]), "printf(interval)"); }

TEST(CppTokens, CommentsAndRawStringsGoOnOverLines) {
  const auto lines = cpp_tokens({"a /* b", "c */ int", "R\"x(1", ")\" 2)x\" 3"});
  EXPECT_EQ(shown(lines[0]), "a |comment:/* b");
  EXPECT_EQ(shown(lines[1]), "comment:c */| |keyword:int");
  EXPECT_EQ(shown(lines[2]), "string:R\"x(1");
  EXPECT_EQ(shown(lines[3]), "string:)\" 2)x\"| |number:3");
}

TEST(CppTokens, NothingOfALineIsLost) {
  const std::vector<std::string> hostile{"\"unclosed", "'", "/*/", "R\"(", "R\"\"\"", "*/ \\", "#", "\"\\", "0'", "🦀int"};
  std::vector<std::string> all = visible_lines(samples::exchange_source);
  all.insert(all.end(), hostile.begin(), hostile.end());
  const auto tokens = cpp_tokens(all);
  ASSERT_EQ(tokens.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::string joined;
    for (const Token& token : tokens[i]) joined += token.text;
    EXPECT_EQ(joined, all[i]);
  }
}

}  // namespace
}  // namespace lockstep::report
