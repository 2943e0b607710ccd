// The report on a terminal: a line per check, then for each check that did not pass what happened, on which line, why it is wrong, and how to see it again.
#pragma once

#include <string>

#include "grader/report/render_input.hpp"

namespace lockstep::report {

// Lines are at most `input.width` columns long where words can be broken (never below 40); source lines and paths are clipped. The only escape sequences
// in it are this renderer's own colours, and none without `input.colour`.
std::string render_terminal(const RenderInput& input);

}  // namespace lockstep::report
