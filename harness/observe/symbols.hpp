// Addresses to functions and lines: what to ask a symbolizer for, its answer read, and the answer put into the facts.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/model/observation.hpp"
#include "harness/observe/frames.hpp"

namespace lockstep::observe {

// module -> its offsets ("0x1234", each once) that occur in the facts. The pipeline knows which file a module is: modules are
// named by their path in the sandbox.
std::map<std::string, std::vector<std::string>> addresses_to_symbolise(const std::vector<model::TestRun>& runs);

// "module+0x1234" -> its frames, innermost first; several where functions were inlined. Files are paths as the debug information has them.
using Symbols = std::map<std::string, std::vector<model::Frame>>;

// Adds the answer of `addr2line -a -C -f -i -p -e FILE 0x1234 ...` (binutils; llvm-symbolizer in its GNU style writes the same).
void parse_addr2line(std::string_view output, const std::string& module, Symbols& symbols);

// Replaces raw addresses by frames, places in texts too ("created at bank.cpp:40"), says whose code each frame is, decides Race::in_tests, and takes
// out what accuses nobody: known false reports of races, and leaks that are not the student's. Addresses that `symbols` lacks become frames of their module.
void apply_symbols(std::vector<model::TestRun>& runs, const Symbols& symbols, const SourceNames& names);

}  // namespace lockstep::observe
