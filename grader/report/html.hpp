// One self-contained page per submission: no script, nothing fetched, readable on a phone, in the dark, on paper and by a screen reader.
#pragma once

#include <string>

#include "grader/report/render_input.hpp"

namespace lockstep::report {

std::string render_html(const RenderInput& input);

}  // namespace lockstep::report
