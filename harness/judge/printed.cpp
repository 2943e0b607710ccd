#include "harness/judge/printed.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace lockstep::judge {
namespace {

constexpr std::size_t tail_bytes = 2000;

constexpr std::array<std::string_view, 10> googletest_marks{"[==========]", "[----------]", "[ RUN      ]",
                                                            "[       OK ]", "[  FAILED  ]", "[  PASSED  ]",
                                                            "[  SKIPPED ]", "[ DISABLED ]", "Note: Google Test filter",
                                                            " FAILED TEST"};

void erase_all(std::string& text, const std::string& part) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at)) text.erase(at, part.size());
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool is_rule(std::string_view line, char of, std::size_t at_least) {
  return line.size() >= at_least && std::all_of(line.begin(), line.end(), [of](char c) { return c == of; });
}

// Behind the report of a tool that begins at `at`; `at` itself if none does. ThreadSanitizer and mpirun close their reports with the rule that
// opened them; AddressSanitizer's ends with the program.
std::size_t behind_report(const std::vector<std::string_view>& lines, std::size_t at) {
  const bool sanitizer = is_rule(lines[at], '=', 18);
  if (!sanitizer && !is_rule(lines[at], '-', 70)) return at;
  bool tools = false;
  for (std::size_t i = at + 1; i < lines.size(); ++i) {
    for (const std::string_view word : {"Sanitizer", "mpirun", "Primary job"}) tools = tools || lines[i].find(word) != std::string_view::npos;
    if (lines[i] == lines[at]) return tools ? i + 1 : at;
  }
  return tools && sanitizer ? lines.size() : at;
}

std::string without_tools(std::string_view text) {
  const std::vector<std::string_view> lines = lines_of(text);
  std::string kept;
  for (std::size_t i = 0; i < lines.size();) {
    if (const std::size_t behind = behind_report(lines, i); behind > i) {
      i = behind;
      continue;
    }
    std::string_view line = lines[i++];
    if (line.starts_with("ThreadSanitizer: reported")) continue;
    // A mark stands behind what was printed without a line feed.
    std::size_t mark = line.size();
    for (const std::string_view each : googletest_marks) mark = std::min(mark, line.find(each));
    const bool marked = mark < line.size();
    line = line.substr(0, mark);
    while (marked && !line.empty() && (line.back() == ' ' || (line.back() >= '0' && line.back() <= '9')))
      line.remove_suffix(1);  // " 2 FAILED TESTS"
    if (line.empty() && (marked || kept.empty())) continue;
    kept += std::string(line) + "\n";
  }
  while (kept.ends_with("\n\n")) kept.pop_back();
  return kept == "\n" ? "" : kept;
}

}  // namespace

std::string own_output(const model::TestRun& run) {
  std::string text = run.end.out;
  if (!text.empty() && !text.ends_with('\n')) text += '\n';
  text += run.end.err;
  for (const model::Failure& failure : run.failures)
    erase_all(text, failure.file + ":" + std::to_string(failure.line) + ": Failure\n" + failure.message);
  text = without_tools(text);
  return text.size() <= tail_bytes ? text : "[...]" + text.substr(text.size() - tail_bytes);
}

}  // namespace lockstep::judge
