// Annotations for GitHub Actions: workflow commands that put a finding on the student's own line.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
#pragma once

#include <string>

#include "grader/report/render_input.hpp"

namespace lockstep::report {

// GitHub keeps ten annotations of a kind per step and drops the rest silently.
inline constexpr std::size_t annotations_at_most = 10;

// One command per line: a notice with the grade, then the most severe findings first, at most `annotations_at_most` lines in all. No text of a submission can
// end its command or begin another: line feeds and percent signs are escaped, in properties colons and commas too.
std::string render_github(const RenderInput& input);

}  // namespace lockstep::report
