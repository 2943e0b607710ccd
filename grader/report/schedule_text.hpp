// A schedule as text: one column per thread, a line per step, with the line of the source and the reason of each switch.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "harness/model/record.hpp"

namespace lockstep::report {

// The text of a line of the student's, or nothing.
using SourceLine = std::function<std::string(const std::string& file, int line)>;

// Of a long schedule only the end is shown, from this row on.
std::size_t first_row_shown(const model::Schedule& schedule);

// Lines are clipped at `width` columns.
std::string render_schedule(const model::Schedule& schedule, const SourceLine& source, int width);

}  // namespace lockstep::report
