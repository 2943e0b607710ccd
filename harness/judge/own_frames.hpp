// Of a stack, what a student should look at.
#pragma once

#include <string>
#include <vector>

#include "harness/model/observation.hpp"

namespace lockstep::judge {

// The student's own frames, innermost first; if there are none, the test's line that is nearest to them, so that a trace is not empty without a
// reason.
std::vector<model::Frame> own_frames(const std::vector<model::Frame>& stack);

// "bank.cpp:12" of the innermost of them; empty if its line is not known. And with " at " before it.
std::string place_of(const std::vector<model::Frame>& own);
std::string at_place(const std::vector<model::Frame>& own);

}  // namespace lockstep::judge
