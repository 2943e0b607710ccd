#include "harness/build/preprocessed.hpp"

#include <algorithm>
#include <charconv>

namespace lockstep::build {
namespace {

bool stands(const std::vector<Token>& tokens, std::size_t at, Token::Kind kind, int line) {
  return at < tokens.size() && tokens[at].kind == kind && tokens[at].line == line;
}

int number_in(const std::string& text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

Preprocessed tell_apart(std::string_view text, bool own_source, const std::vector<std::string>& own_endings) {
  std::vector<Token> tokens = tokenize(text);
  Preprocessed result;
  std::vector<bool> entered{own_source};  // for each file that is open: whether it is own
  bool system = false;                    // gcc marks what comes from a system header's macro
  int shift = 0;                          // from lines of `text` to lines of the file
  for (std::size_t i = 0; i < tokens.size();) {
    Token& token = tokens[i];
    // # 12 "file" 1 3: a number, a name, then 1 on the way in, 2 on the way out, 3 in a system header
    if (token.text == "#" && token.directive && stands(tokens, i + 1, Token::Kind::number, token.line) &&
        stands(tokens, i + 2, Token::Kind::string, token.line)) {
      shift = number_in(tokens[i + 1].text) - token.line - 1;
      system = false;
      const std::string& name = tokens[i + 2].text;
      const bool own = std::any_of(own_endings.begin(), own_endings.end(), [&](const std::string& ending) { return name.ends_with(ending); });
      for (i += 3; stands(tokens, i, Token::Kind::number, token.line); ++i) {
        if (tokens[i].text == "1") entered.push_back(own);
        if (tokens[i].text == "2" && entered.size() > 1) entered.pop_back();
        if (tokens[i].text == "3") system = true;
      }
      continue;
    }
    const bool own = entered.back() && !system;
    if (own) token.line += shift;
    (own ? result.own : result.headers).push_back(std::move(token));
    ++i;
  }
  return result;
}

}  // namespace lockstep::build
