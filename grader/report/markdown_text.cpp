#include "grader/report/markdown_text.hpp"

#include <algorithm>

namespace lockstep::report {

namespace {
constexpr std::string_view special = "\\`*_{}[]<>()#+-.!|~&:@$=^\"'";
constexpr std::string_view zero_width_space = "\xE2\x80\x8B";
}  // namespace

std::string escape_markdown(std::string_view line) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
    const std::string_view rest = line.substr(i + 1);
    const bool looked_at_again = c == '@' || c == '#' || (c == ':' && rest.starts_with("//")) || ((c == 'w' || c == 'W') && rest.starts_with('.'));
    if (looked_at_again) out += zero_width_space;
  }
  return out;
}

std::string fenced(const std::vector<std::string>& lines, std::string_view info) {
  std::size_t longest = 2;
  for (const std::string& line : lines) {
    std::size_t run = 0;
    for (const char c : line) {
      run = c == '`' ? run + 1 : 0;
      longest = std::max(longest, run);
    }
  }
  const std::string fence(longest + 1, '`');
  std::string out = fence + std::string(info) + "\n";
  for (const std::string& line : lines) out += line + "\n";
  return out + fence;
}

}  // namespace lockstep::report
