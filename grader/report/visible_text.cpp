#include "grader/report/visible_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "grader/report/stored_text.hpp"

namespace lockstep::report {

namespace {

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t size>
bool in(const std::array<Range, size>& ranges, char32_t code) {
  return std::any_of(ranges.begin(), ranges.end(), [&](Range range) { return code >= range.first && code <= range.last; });
}

// Reordering, invisible or separating characters, the C1 controls, and the noncharacters that XML 1.0 excludes.
constexpr std::array<Range, 9> unseen{{{0x80, 0x9F},
                                       {0xAD, 0xAD},
                                       {0x61C, 0x61C},
                                       {0x200B, 0x200B},
                                       {0x200E, 0x200F},
                                       {0x2028, 0x202E},
                                       {0x2060, 0x206F},
                                       {0xFEFF, 0xFEFF},
                                       {0xFFFE, 0xFFFF}}};

// Blocks that terminals draw two columns wide; coarse, because a column too many only shortens a line.
constexpr std::array<Range, 8> wide{{{0x1100, 0x115F},
                                     {0x2E80, 0xA4CF},
                                     {0xAC00, 0xD7A3},
                                     {0xF900, 0xFAFF},
                                     {0xFE30, 0xFE6F},
                                     {0xFF00, 0xFF60},
                                     {0x1F300, 0x1FAFF},
                                     {0x20000, 0x3FFFD}}};

constexpr std::array<Range, 6> combining{
    {{0x300, 0x36F}, {0x483, 0x489}, {0x591, 0x5BD}, {0x200C, 0x200D}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}}};

int columns_of(char32_t code) { return in(combining, code) ? 0 : in(wide, code) ? 2 : 1; }

// Length of "ESC [ digits and semicolons m" at `at`; 0 if something else stands there.
std::size_t colour_code_length(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "\x1B[") return 0;
  const std::size_t end = text.find_first_not_of("0123456789;:", at + 2);
  return end != std::string_view::npos && text[end] == 'm' ? end + 1 - at : 0;
}

void append_picture(std::string& out, char32_t control) {  // U+2400 + code, U+2421 for DEL
  const char32_t picture = control == 0x7F ? 0x2421 : 0x2400 + control;
  out += '\xE2';
  out += static_cast<char>(0x80 | ((picture >> 6) & 0x3F));
  out += static_cast<char>(0x80 | (picture & 0x3F));
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  char32_t code = lead & (0x3F >> more);
  for (; more > 0 && at < text.size(); --more) code = (code << 6) | (static_cast<unsigned char>(text[at++]) & 0x3F);
  return code;
}

std::string visible_text(std::string_view bytes) {
  const std::string text = repair_utf8(bytes);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t length = colour_code_length(text, at); length > 0) {
      at += length;
      continue;
    }
    const std::size_t begin = at;
    const char32_t code = next_code_point(text, at);
    if (code == '\r' && at < text.size() && text[at] == '\n') continue;
    if ((code < 0x20 && code != '\n' && code != '\t') || code == 0x7F)
      append_picture(out, code);
    else if (in(unseen, code))
      out += fmt::format("\\u{{{:04X}}}", static_cast<unsigned>(code));
    else
      out.append(text, begin, at - begin);
  }
  return out;
}

std::string visible_line(std::string_view bytes) {
  std::string text = visible_text(bytes);
  std::replace_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

std::vector<std::string> visible_lines(std::string_view bytes) {
  std::vector<std::string> lines;
  std::string line;
  int column = 0;
  const std::string text = visible_text(bytes);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t code = next_code_point(text, at);
    if (code == '\n') {
      lines.push_back(std::move(line));
      line.clear();
      column = 0;
    } else if (code == '\t') {
      const int spaces = 4 - column % 4;
      line.append(static_cast<std::size_t>(spaces), ' ');
      column += spaces;
    } else {
      line.append(text, begin, at - begin);
      column += columns_of(code);
    }
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

int columns(std::string_view text) {
  int sum = 0;
  for (std::size_t at = 0; at < text.size();) sum += columns_of(next_code_point(text, at));
  return sum;
}

std::string clip(std::string_view text, int limit) {
  int sum = 0;
  std::size_t fits = 0;  // bytes that leave one column for the ellipsis
  for (std::size_t at = 0; at < text.size();) {
    sum += columns_of(next_code_point(text, at));
    if (sum <= limit - 1) fits = at;
    if (sum > limit) return std::string(text.substr(0, fits)) + "…";
  }
  return std::string(text);
}

std::vector<std::string> wrap(std::string_view text, int width) {
  std::vector<std::string> lines;
  std::string line;
  int used = 0;
  const auto flush = [&] {
    lines.push_back(std::move(line));
    line.clear();
    used = 0;
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    if (used > 0 && used + 1 + columns(word) > width) flush();
    if (used > 0) {
      line += ' ';
      ++used;
    }
    for (std::size_t at = 0; at < word.size();) {
      const std::size_t begin = at;
      const int needed = columns_of(next_code_point(word, at));
      if (used + needed > width) flush();
      line += word.substr(begin, at - begin);
      used += needed;
    }
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

std::vector<std::string> shorten(const std::vector<std::string>& lines, std::size_t head, std::size_t tail, int limit) {
  std::vector<std::string> kept;
  const bool fits = lines.size() <= head + tail;
  const std::size_t first_of_tail = fits ? head : lines.size() - tail;
  for (std::size_t i = 0; i < std::min(head, lines.size()); ++i) kept.push_back(clip(lines[i], limit));
  if (!fits) kept.push_back(fmt::format("[… {} lines left out …]", lines.size() - head - tail));
  for (std::size_t i = first_of_tail; i < lines.size(); ++i) kept.push_back(clip(lines[i], limit));
  return kept;
}

}  // namespace lockstep::report
