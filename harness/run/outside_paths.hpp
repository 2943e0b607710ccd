// For runs without a mount namespace: the same command, with the paths that it would see inside replaced by those that exist.
#pragma once

#include <string>

#include "harness/run/process_runner.hpp"

namespace lockstep::run {

// Replaces every path below a mount's `inside` by the one below its `outside`, also within words such as "-I/work" or "A=/x:/y".
// `temporary`: what stands in for /tmp in the environment and as working folder; empty: /tmp itself.
Command with_outside_paths(const Command& command, const std::string& temporary);

}  // namespace lockstep::run
