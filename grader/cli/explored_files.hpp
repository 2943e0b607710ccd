// What `lockstep explore` remembers of a program, so that a token alone can replay it.
#pragma once

#include <optional>
#include <string>

#include "harness/pipeline/explore.hpp"

namespace lockstep::cli {

void remember_program(const std::string& hash, const pipeline::ExploreRequest& request);
std::optional<pipeline::ExploreRequest> recall_program(const std::string& hash);

}  // namespace lockstep::cli
