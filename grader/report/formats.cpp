#include "grader/report/formats.hpp"

#include <fmt/format.h>

#include "grader/report/github.hpp"
#include "grader/report/html.hpp"
#include "grader/report/junit.hpp"
#include "grader/report/markdown.hpp"
#include "grader/report/record_json.hpp"
#include "grader/report/terminal.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::report {

const std::vector<Format>& formats() {
  static const std::vector<Format> table{
      {"terminal", "report.txt", render_terminal},
      {"json", "record.json", [](const RenderInput& input) { return render_record(input.record); }, true},
      {"junit", "junit.xml", render_junit, true},
      {"markdown", "summary.md", render_markdown},
      {"html", "report.html", render_html, true},
      {"github", "annotations.txt", render_github},
  };
  return table;
}

const Format& find_format(std::string_view name) {
  for (const Format& format : formats())
    if (format.name == name) return format;
  std::string names;
  for (const Format& format : formats()) names += fmt::format("{}{}", names.empty() ? "" : ", ", format.name);
  throw model::UsageError(fmt::format("there is no report format '{}'; there are: {}", name, names));
}

}  // namespace lockstep::report
