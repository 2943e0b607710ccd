#include "grader/report/cpp_tokens.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace lockstep::report {

namespace {

// ISO C++20 [lex.key], without the rare ones, and the words of declarations that read as such.
constexpr std::array<std::string_view, 76> keywords{
    "alignas",      "alignof",  "auto",      "bool",     "break",     "case",         "catch",       "char",     "class",     "co_await",   "co_return",
    "co_yield",     "concept",  "const",     "const_cast", "consteval", "constexpr",  "constinit",   "continue", "decltype",  "default",    "delete",
    "do",           "double",   "dynamic_cast", "else",  "enum",      "explicit",     "extern",      "false",    "final",     "float",      "for",
    "friend",       "goto",     "if",        "inline",   "int",       "long",         "mutable",     "namespace", "new",      "noexcept",   "nullptr",
    "operator",     "override", "private",   "protected", "public",   "reinterpret_cast", "requires", "return",  "short",     "signed",     "sizeof",
    "static",       "static_assert", "static_cast", "struct", "switch", "template",   "this",        "thread_local", "throw", "true",       "try",
    "typedef",      "typename", "union",     "unsigned", "using",     "virtual",      "void",        "volatile", "wchar_t",   "while"};

bool word_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

class Lexer {
 public:
  std::vector<Token> line(std::string_view text) {
    tokens_.clear();
    rest_ = text;
    if (in_comment_) take("comment", end_of_comment());
    if (!raw_end_.empty()) take("string", end_of_raw());
    while (!rest_.empty()) next();
    return std::move(tokens_);
  }

 private:
  void take(std::string_view kind, std::size_t length) {
    if (length == 0) return;
    if (!tokens_.empty() && tokens_.back().kind == kind)
      tokens_.back().text += rest_.substr(0, length);
    else
      tokens_.push_back({kind, std::string(rest_.substr(0, length))});
    rest_.remove_prefix(length);
  }

  std::size_t end_of_comment() {
    const std::size_t end = rest_.find("*/");
    in_comment_ = end == std::string_view::npos;
    return in_comment_ ? rest_.size() : end + 2;
  }

  std::size_t end_of_raw() {
    const std::size_t end = rest_.find(raw_end_);
    if (end == std::string_view::npos) return rest_.size();
    const std::size_t length = end + raw_end_.size();
    raw_end_.clear();
    return length;
  }

  std::size_t end_of_quoted(char quote) const {
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '\\')
        ++i;
      else if (rest_[i] == quote)
        return i + 1;
    }
    return rest_.size();
  }

  std::size_t word_length() const {
    return static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), word_character) - rest_.begin());
  }

  void next() {
    const char c = rest_.front();
    if (rest_.starts_with("//")) return take("comment", rest_.size());
    if (rest_.starts_with("/*")) {
      in_comment_ = true;
      take("comment", 2);
      return take("comment", end_of_comment());
    }
    if (rest_.starts_with("R\"") && rest_.find('(') != std::string_view::npos) {
      const std::size_t open = rest_.find('(');
      raw_end_ = ")" + std::string(rest_.substr(2, open - 2)) + "\"";
      take("string", open + 1);
      return take("string", end_of_raw());
    }
    if (c == '"' || c == '\'') return take("string", end_of_quoted(c));
    if (c == '#' && std::all_of(tokens_.begin(), tokens_.end(), [](const Token& token) { return token.text.find_first_not_of(' ') == std::string::npos; }))
      return take("directive", std::min(rest_.find_first_of("\"</"), rest_.size()));
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) return take("number", number_length());
    if (word_character(c)) {
      const std::size_t length = word_length();
      return take(std::find(keywords.begin(), keywords.end(), rest_.substr(0, length)) == keywords.end() ? "" : "keyword", length);
    }
    take("", 1);
  }

  std::size_t number_length() const {  // [lex.ppnumber], without signs
    return static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), [](char c) { return word_character(c) || c == '.' || c == '\''; }) - rest_.begin());
  }

  std::string_view rest_;
  std::vector<Token> tokens_;
  bool in_comment_ = false;
  std::string raw_end_;  // of the raw string that is open
};

}  // namespace

std::vector<std::vector<Token>> cpp_tokens(const std::vector<std::string>& lines) {
  Lexer lexer;
  std::vector<std::vector<Token>> tokens;
  tokens.reserve(lines.size());
  for (const std::string& line : lines) tokens.push_back(lexer.line(line));
  return tokens;
}

}  // namespace lockstep::report
