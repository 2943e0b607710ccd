// Watches one box from `go` to its end: output, channel, limits, cancellation.
#pragma once

#include "harness/run/box.hpp"
#include "harness/run/control_group.hpp"
#include "harness/run/process_runner.hpp"

namespace lockstep::run {

// `cancelled`: a descriptor that is readable once everything is to end. Throws model::Fault if the program could not be started or the box
// ended without a report.
Ended supervise(Box& box, const Command& command, const ControlGroup& group, int cancelled);

// The time is up, but was it ours to use? A run that computed for less than half of the time, and stood ready without a processor for more
// than a quarter of it, says nothing about its program. `waited_ms`: summed over the tasks that still lived.
constexpr bool is_starved(double wall_ms, double cpu_ms, double waited_ms) { return cpu_ms < wall_ms / 2 && waited_ms > wall_ms / 4; }

}  // namespace lockstep::run
