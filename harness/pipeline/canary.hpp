// Does ThreadSanitizer work on this machine? Asked before its word is first taken, because it exits alike for a race and for its own failure to
// start.
#pragma once

#include <filesystem>
#include <string>

#include "harness/pipeline/pipeline.hpp"

namespace lockstep::pipeline {

struct SelfTest {
  bool finds_race = false;
  bool silent_on_right = false;
  std::string reason;  // if one of them is false
  bool passed() const { return finds_race && silent_on_right; }
};

// Builds and runs harness/inside/canary, an exercise like any other, under the engine tsan.
SelfTest run_self_test(const Services& services, const std::filesystem::path& harness_root);

}  // namespace lockstep::pipeline
