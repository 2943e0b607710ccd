#include "harness/catalog/names.hpp"

#include <algorithm>

namespace lockstep::catalog {

namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Length of the well-formed sequence at the beginning of `bytes` (Unicode 15, table 3-7); 0 if there is none. `bytes` is not empty.
std::size_t sequence_length(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
  const auto continues = [&](std::size_t i) { return (at(i) & 0xC0) == 0x80; };
  const unsigned lead = at(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4 || !continues(1)) return 0;
  if (lead < 0xE0) return 2;
  const unsigned second = at(1);
  if (!continues(2)) return 0;
  if (lead < 0xF0) return (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ? 0 : 3;
  return !continues(3) || (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F) ? 0 : 4;
}

}  // namespace

bool is_snake_case(std::string_view name) {
  if (name.empty() || !is_lower(name.front()) || name.back() == '_' || name.find("__") != std::string_view::npos) return false;
  return std::all_of(name.begin(), name.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

bool is_chapter_name(std::string_view name) {
  return name.size() > 3 && is_digit(name[0]) && is_digit(name[1]) && name[2] == '_' && is_snake_case(name.substr(3));
}

bool is_plain_source_name(std::string_view name, bool header_too) {
  if (!name.ends_with(".cpp") && !(header_too && name.ends_with(".hpp"))) return false;
  if (name.size() < 5 || name.front() == '.' || name.front() == '-') return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return is_lower(c) || is_digit(c) || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '-'; });
}

std::string in_quotes(std::string_view name) {
  static constexpr char hex[] = "0123456789abcdef";
  std::string text = "`";
  while (!name.empty()) {
    if (text.size() > 80) return text + "...`";
    const std::size_t length = sequence_length(name);
    const auto byte = static_cast<unsigned char>(name.front());
    const bool control = byte < 0x20 || byte == 0x7F || (byte == 0xC2 && length == 2 && static_cast<unsigned char>(name[1]) < 0xA0);
    if (byte == '\n')
      text += "\\n";
    else if (length == 0 || control || byte == '`')
      text += {'\\', 'x', hex[byte >> 4], hex[byte & 15]};
    else
      text += name.substr(0, length);
    name.remove_prefix(length == 0 || control ? 1 : length);
  }
  return text + "`";
}

std::size_t first_line_not_utf8(std::string_view text) {
  std::size_t line = 1;
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return line;
    if (text.front() == '\n') ++line;
    text.remove_prefix(length);
  }
  return 0;
}

}  // namespace lockstep::catalog
