#include "harness/build/test_list.hpp"

namespace lockstep::build {

std::vector<std::string> parse_test_list(std::string_view text) {
  std::vector<std::string> tests;
  std::string suite;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (const std::size_t comment = line.find("  # "); comment != std::string_view::npos) line = line.substr(0, comment);
    if (line.starts_with("  ") && !suite.empty()) {
      line.remove_prefix(2);
      const bool disabled = suite.starts_with("DISABLED_") || line.starts_with("DISABLED_");
      if (!disabled && !line.empty()) tests.push_back(suite + std::string(line));
    } else {
      suite = line.ends_with('.') && line.find(' ') == std::string_view::npos ? std::string(line) : std::string();
    }
  }
  return tests;
}

}  // namespace lockstep::build
