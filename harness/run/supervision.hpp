// Watches one box from `go` to its end: output, channel, limits, cancellation.
#pragma once

#include "harness/run/box.hpp"
#include "harness/run/control_group.hpp"
#include "harness/run/process_runner.hpp"

namespace lockstep::run {

// `cancelled`: a descriptor that is readable once everything is to end. Throws model::Fault if the program could not be started or the box
// ended without a report.
Ended supervise(Box& box, const Command& command, const ControlGroup& group, int cancelled);

}  // namespace lockstep::run
