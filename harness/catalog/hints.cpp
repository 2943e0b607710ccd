#include "harness/catalog/hints.hpp"

#include <sstream>

#include "harness/catalog/names.hpp"

namespace lockstep::catalog {

namespace {

constexpr std::size_t hints_per_exercise = 3;

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace

std::vector<std::string> parse_hints(const std::string& text, const std::string& file, std::vector<Problem>& problems) {
  std::vector<std::string> hints;
  std::istringstream lines(text);
  bool fenced = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```") || line.starts_with("~~~")) fenced = !fenced;
    if (!fenced && line.starts_with("## ")) {
      const std::string expected = std::to_string(hints.size() + 1);
      if (trimmed(line.substr(3)) != expected)
        problems.push_back({file, "", "the heading " + in_quotes(trimmed(line)) + " should be `## " + expected + "`"});
      hints.emplace_back();
    } else if (!hints.empty()) {
      hints.back() += line + '\n';
    }
  }
  for (std::size_t i = 0; i < hints.size(); ++i) {
    hints[i] = trimmed(hints[i]);
    if (hints[i].empty()) problems.push_back({file, "## " + std::to_string(i + 1), "the hint is empty"});
  }
  if (hints.size() != hints_per_exercise)
    problems.push_back(
        {file, "",
         "three hints are expected under the headings `## 1`, `## 2` and `## 3`, weakest first; there are " + std::to_string(hints.size())});
  return hints;
}

}  // namespace lockstep::catalog
