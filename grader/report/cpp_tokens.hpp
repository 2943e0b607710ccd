// C++ split into what an eye tells apart, for showing a file; a lexer for reading, not for compiling: it never fails, and what it takes wrongly is only
// coloured wrongly.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::report {

struct Token {
  std::string_view kind;  // "keyword", "string", "comment", "number", "directive"; empty for everything else
  std::string text;
};

// The tokens of each line; the texts of a line's tokens are the line. Comments, and raw strings, go on over lines.
std::vector<std::vector<Token>> cpp_tokens(const std::vector<std::string>& lines);

}  // namespace lockstep::report
