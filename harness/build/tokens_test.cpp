#include "harness/build/tokens.hpp"

#include <gtest/gtest.h>

namespace lockstep::build {
namespace {

std::string words(std::string_view source) {
  std::string text;
  for (const Token& token : tokenize(source))
    if (token.kind == Token::Kind::identifier) text += token.text + ":" + std::to_string(token.line) + " ";
  return text;
}

TEST(Tokens, CommentsAndStringsHoldNoIdentifiers) {
  EXPECT_EQ(words("a // asm\n/* asm\nasm */ b \"asm\" 'x' c"), "a:1 b:3 c:3 ");
}

TEST(Tokens, ACommentMarkerInAStringIsNoComment) { EXPECT_EQ(words("\"/*\" a \"*/\" b \"\\\"//\" c"), "a:1 b:1 c:1 "); }

TEST(Tokens, RawStringsEndAtTheirDelimiterOnly) { EXPECT_EQ(words("R\"x( \" )\" \n asm )x\" a u8R\"(asm)\" b"), "a:2 b:2 "); }

TEST(Tokens, SplicedLinesAreOneLine) {
  EXPECT_EQ(words("as\\\nm // b \\\n c\nd"), "asm:1 d:4 ");
}

TEST(Tokens, DigitSeparatorsOpenNoCharacterLiteral) { EXPECT_EQ(words("int i = 1'000'000; b"), "int:1 i:1 b:1 "); }

// Each of these once hid what follows: the lexer took for text what the compilers take for code.
TEST(Tokens, AQuoteBehindANumberOpensALiteral) { EXPECT_EQ(words("X(1'x' ') asm; //'\n b"), "X:1 asm:1 b:2 "); }

TEST(Tokens, AHeadersNameOpensNoComment) {
  EXPECT_EQ(words("#if __has_include(<a/*b>)\n#endif\nasm // */"), "if:1 __has_include:1 endif:2 asm:3 ");
  EXPECT_EQ(words("#include <a/*b>\nasm // */"), "include:1 asm:2 ");
  EXPECT_EQ(words("#include \"a\\\" b\nasm"), "include:1 b:1 asm:2 ");
  EXPECT_EQ(words("a <b> c; d(\"/*\" <e> f)"), "a:1 b:1 c:1 d:1 e:1 f:1 ");
}

TEST(Tokens, EveryLineEndOfTheCompilersEndsALine) {
  EXPECT_EQ(words("// x \r asm"), "asm:2 ");
  EXPECT_EQ(words("// x \\\r \nasm // y \\\r\nb\r\nc"), "asm:3 c:5 ");
  EXPECT_EQ(words("// x \\\f\nb\nc"), "c:3 ");
}

TEST(Tokens, AByteOrderMarkBelongsToNoWord) { EXPECT_EQ(words("\xEF\xBB\xBF" "asm"), "asm:1 "); }

TEST(Tokens, AWrongDelimiterMakesNoRawString) { EXPECT_EQ(words("R\"a b( \"\nasm\n// )a b\""), "asm:2 "); }

TEST(Tokens, DirectivesAreMarkedToTheirEnd) {
  const std::vector<Token> tokens = tokenize("#define X \\\n asm\nint y;");
  for (const Token& token : tokens) EXPECT_EQ(token.directive, token.line < 3) << token.text;
}

TEST(Tokens, DigraphsAreWhatTheyStandFor) {
  std::string text;
  for (const Token& token : tokenize("%:define A\n<:<:x:>:>")) text += token.text + " ";
  EXPECT_EQ(text, "# define A [ [ x ] ] ");
}

TEST(Tokens, UnfinishedInputEnds) {
  for (const char* source : {"\"abc", "/* abc", "R\"x(abc", "'", "\\", "a\\\n", "R\"", "#"}) tokenize(source);
  EXPECT_EQ(line_of_identifier(tokenize("a\nb /* b"), "b"), 2);
  EXPECT_EQ(line_of_identifier(tokenize("a"), "b"), 0);
}

}  // namespace
}  // namespace lockstep::build
