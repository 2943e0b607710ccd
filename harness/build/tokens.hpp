// The student's file as the compiler's lexer sees it: no comments, no contents of strings. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::build {

struct Token {
  enum class Kind { identifier, number, string, punctuation };
  Kind kind = Kind::punctuation;
  std::string text;  // of a string: what stands between the quotes; punctuation: one character
  int line = 0;      // 1-based
  bool directive = false;  // on the line of a preprocessor directive
};

// Phases 1 to 3 of translation (ISO C++20, [lex.phases]), without trigraphs. Never fails: what is no token is skipped.
std::vector<Token> tokenize(std::string_view source);

// The first line on which `name` is used as an identifier; 0 if it is not.
int line_of_identifier(const std::vector<Token>& tokens, std::string_view name);

}  // namespace lockstep::build
