#include "harness/build/tokens.hpp"

#include <cctype>

namespace lockstep::build {
namespace {

// Phase 1, [lex.phases]: gcc and clang both end a line at a lone carriage return too, and both skip the mark at the beginning of a file.
std::string with_plain_line_ends(std::string_view source) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (source.starts_with(byte_order_mark)) source.remove_prefix(byte_order_mark.size());
  std::string text;
  text.reserve(source.size());
  for (std::size_t i = 0; i < source.size(); ++i)
    if (source[i] != '\r')
      text += source[i];
    else if (i + 1 == source.size() || source[i + 1] != '\n')
      text += '\n';
  return text;
}

bool begins_identifier(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool in_identifier(char c) { return begins_identifier(c) || std::isdigit(static_cast<unsigned char>(c)); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\v'; }
bool may_be_in_delimiter(char c) { return !std::isspace(static_cast<unsigned char>(c)) && c != '(' && c != ')' && c != '\\' && c != '"'; }

class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) {}

  std::vector<Token> run() {
    while (true) {
      skip_splices();
      if (at_ >= source_.size()) return std::move(tokens_);
      step();
    }
  }

 private:
  // A backslash at the end of a line joins it with the next one.
  void skip_splices() {
    while (at_ < source_.size() && source_[at_] == '\\') {
      std::size_t end = at_ + 1;
      while (end < source_.size() && is_blank(source_[end])) ++end;
      if (end >= source_.size() || source_[end] != '\n') return;
      at_ = end + 1;
      ++line_;
    }
  }
  char peek() {
    skip_splices();
    return at_ < source_.size() ? source_[at_] : '\0';
  }
  char take() {
    const char c = peek();
    if (at_ < source_.size()) ++at_;
    if (c == '\n') ++line_;
    return c;
  }
  void add(Token::Kind kind, std::string text, int line) {
    tokens_.push_back({kind, std::move(text), line, directive_});
    fresh_ = false;
  }

  void step() {
    const int line = line_;
    const char c = take();
    if (c == '\n') {
      directive_ = false;
      fresh_ = true;
    } else if (std::isspace(static_cast<unsigned char>(c))) {
    } else if (c == '/' && peek() == '/') {
      while (at_ < source_.size() && peek() != '\n') take();
    } else if (c == '/' && peek() == '*') {
      take();
      for (char last = '\0'; at_ < source_.size();) {
        const char now = take();
        if (last == '*' && now == '/') break;
        last = now;
      }
    } else if (begins_identifier(c)) {
      std::string text(1, c);
      while (in_identifier(peek())) text += take();
      const bool raw = peek() == '"' && (text == "R" || text == "u8R" || text == "uR" || text == "UR" || text == "LR");
      if (raw) raw_string(line);
      else if ((peek() == '"' || peek() == '\'') && (text == "u8" || text == "u" || text == "U" || text == "L")) quoted(take(), line);
      else add(Token::Kind::identifier, std::move(text), line);
    } else if (std::isdigit(static_cast<unsigned char>(c)) || (c == '.' && std::isdigit(static_cast<unsigned char>(peek())))) {
      std::string text(1, c);
      while (in_identifier(peek()) || peek() == '.' || (peek() == '\'' && separates_digits())) text += take();
      add(Token::Kind::number, std::move(text), line);
    } else if ((c == '<' || c == '"') && names_header()) {
      header_name(c == '<' ? '>' : '"', line);
    } else if (c == '"' || c == '\'') {
      quoted(c, line);
    } else {
      if (fresh_ && (c == '#' || (c == '%' && peek() == ':'))) directive_ = true;
      // One character each; digraphs, [lex.digraph], as what they stand for.
      const char next = peek();
      char stands_for = c;
      if ((c == '<' || c == '%') && next == ':') stands_for = c == '<' ? '[' : '#';
      if (c == ':' && next == '>') stands_for = ']';
      if (stands_for != c) take();
      add(Token::Kind::punctuation, std::string(1, stands_for), line);
    }
  }

  // A quote within a number, [lex.ppnumber]; behind one it opens a character literal.
  bool separates_digits() {
    const std::size_t here = at_;
    const int line = line_;
    take();
    const bool separates = in_identifier(peek());
    at_ = here;
    line_ = line;
    return separates;
  }

  // The last tokens say that a header's name comes, [lex.header]: in it nothing opens a comment and nothing is escaped.
  bool names_header() const {
    if (!directive_ || tokens_.empty()) return false;
    std::size_t last = tokens_.size() - 1;
    if (tokens_[last].text == "(" && last > 0) {
      const std::string& word = tokens_[last - 1].text;
      return word == "__has_include" || word == "__has_include_next" || word == "__has_embed";
    }
    const std::string& word = tokens_[last].text;
    const bool includes = word == "include" || word == "include_next" || word == "import" || word == "embed";
    return includes && last > 0 && tokens_[last - 1].text == "#" && tokens_[last - 1].directive;
  }

  void header_name(char close, int line) {
    std::string text;
    while (at_ < source_.size() && peek() != close && peek() != '\n') text += take();
    if (peek() == close) take();
    add(Token::Kind::string, std::move(text), line);
  }

  void quoted(char quote, int line) {
    std::string text;
    while (at_ < source_.size() && peek() != quote && peek() != '\n') {
      const char c = take();
      text += c;
      if (c == '\\' && at_ < source_.size()) text += take();
    }
    if (peek() == quote) take();
    add(Token::Kind::string, std::move(text), line);
  }

  // Splices mean nothing in it, so it is read from the source as it is.
  void raw_string(int line) {
    std::size_t open = at_ + 1;
    while (open < source_.size() && open - at_ <= 16 && may_be_in_delimiter(source_[open])) ++open;
    // No raw string. gcc stops; clang, which does not where code is skipped, goes on behind the next quote.
    if (open >= source_.size() || source_[open] != '(') {
      const std::size_t quote = source_.find('"', at_ + 1);
      const std::string_view skipped = source_.substr(at_, quote - at_);
      for (const char c : skipped) line_ += c == '\n';
      at_ = quote == std::string_view::npos ? source_.size() : quote + 1;
      return;
    }
    std::string close = ")";
    close += source_.substr(at_ + 1, open - at_ - 1);
    close += '"';
    const std::size_t end = source_.find(close, open);
    const std::string_view text = source_.substr(open + 1, end == std::string_view::npos ? end : end - open - 1);
    for (const char c : text) line_ += c == '\n';
    at_ = end == std::string_view::npos ? source_.size() : end + close.size();
    add(Token::Kind::string, std::string(text), line);
  }

  std::string_view source_;
  std::size_t at_ = 0;
  int line_ = 1;
  bool fresh_ = true;  // nothing but white space on this line so far
  bool directive_ = false;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view source) {
  const std::string text = with_plain_line_ends(source);
  return Lexer(text).run();
}

int line_of_identifier(const std::vector<Token>& tokens, std::string_view name) {
  for (const Token& token : tokens)
    if (token.kind == Token::Kind::identifier && token.text == name) return token.line;
  return 0;
}

}  // namespace lockstep::build
