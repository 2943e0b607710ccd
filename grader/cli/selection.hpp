// What the command line may choose of an exercise.
#pragma once

#include <string>
#include <vector>

#include "harness/model/exercise.hpp"

namespace lockstep::cli {

// Throws model::UsageError with the checks there are, and the one that may be meant, if one of `ids` is no check of the exercise.
void require_checks(const model::Exercise& exercise, const std::vector<std::string>& ids);

}  // namespace lockstep::cli
