// A summary in Markdown, for a step summary of GitHub Actions or a comment on a merge request.
#pragma once

#include <string>

#include "grader/report/render_input.hpp"

namespace lockstep::report {

// GitHub refuses a step summary above 1 MiB; several exercises may share a step.
inline constexpr std::size_t summary_bytes_at_most = 256 * 1024;

// Where all findings would not fit, the least severe are left out and counted.
std::string render_markdown(const RenderInput& input);

}  // namespace lockstep::report
