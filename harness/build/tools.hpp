// Starts compilers and binutils through the process runner. At most as many at once, over the whole process, as there are processors.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/build/plan.hpp"
#include "harness/run/process_runner.hpp"

namespace lockstep::build {

// Our own tool on our own input: outside the box. Never throws for a tool that fails; the caller reads how it ended.
model::ProcessEnd run_trusted(run::ProcessRunner& runner, const Argv& argv);

inline constexpr std::size_t boxed_output_bytes = 32u << 20;  // a disassembly; of an output as long as this, the end is missing

// A tool that reads what a student wrote: in the box, which sees `readable` read-only and `writable`, all at their own paths, and no environment.
model::ProcessEnd run_boxed(run::ProcessRunner& runner, const Argv& argv, const std::vector<Path>& readable, const Path& writable);

bool succeeded(const model::ProcessEnd& end);

// The limit that a boxed tool hit, in words ("60 s of processor time"); empty if none. Throws model::Fault if the end says nothing about the tool's input
// (cancelled, or a host too busy).
std::string exceeded_limit(const model::ProcessEnd& end);

}  // namespace lockstep::build
