// What a submission itself printed: the output of a run without what the course's tools print around it, because the findings tell that already.
#pragma once

#include <string>

#include "harness/model/observation.hpp"

namespace lockstep::judge {

// Standard output, then standard error, without GoogleTest's lines and failed expectations, the sanitizers' reports and mpirun's words about a
// bad end. At most its last 2000 bytes. For a reader only: what a program prints decides nothing.
std::string own_output(const model::TestRun& run);

}  // namespace lockstep::judge
