// Addresses of the facts to functions and lines: what to ask a symbolizer for, and the answer put into the facts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/model/observation.hpp"
#include "harness/observe/frames.hpp"

namespace lockstep::observe {

// Every address that occurs in the facts, once: "module+0x1234", where a module is a path as the program saw it.
std::vector<std::string> addresses_to_symbolise(const std::vector<model::TestRun>& runs);

// Address -> its frames, innermost first; several where functions were inlined.
using Symbols = std::map<std::string, std::vector<model::Frame>>;

// Replaces raw addresses by frames, places in texts too ("created at bank.cpp:40"), says whose code each frame is, decides Race::in_tests, and
// takes out what accuses nobody: known false reports of races, and leaks that are not the student's. Addresses that `symbols` lacks become
// frames of their module.
void apply_symbols(std::vector<model::TestRun>& runs, const Symbols& symbols, const std::vector<std::string>& edit);

}  // namespace lockstep::observe
