// A schedule as a picture: a lane per thread or rank, time runs downward, a step per row. It says by shapes and words what it says by colour.
#pragma once

#include <string>

#include "harness/model/record.hpp"

namespace lockstep::report {

// HTML with the picture as inline SVG; empty if there is no lane. Texts must be visible (visible_text.hpp), rows and lanes must be there.
std::string render_schedule_picture(const model::Schedule& schedule);

}  // namespace lockstep::report
