// Every format of a report. A new one is a pair of files and a row.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grader/report/render_input.hpp"

namespace lockstep::report {

struct Format {
  std::string_view name;       // as --format takes it
  std::string_view file_name;  // as --out writes it
  std::string (*render)(const RenderInput& input);
  bool one_document = false;  // two of them behind each other are not one that a consumer can read
};

const std::vector<Format>& formats();

// Throws model::UsageError that lists the names there are.
const Format& find_format(std::string_view name);

}  // namespace lockstep::report
