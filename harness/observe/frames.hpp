// Whose code a frame is.
#pragma once

#include <string>
#include <vector>

#include "harness/model/observation.hpp"

namespace lockstep::observe {

// `frame.file` as the symbolizer gives it: relative to the workspace for its files ("bank.cpp", "tests/behaviour.cpp"), "harness/..." for ours,
// absolute for the system's, a module's path where there is no line. Sets `students` (the file is one of `edit`) and `library`: everything that
// is neither the student's nor a test, so system headers, sanitizers, GoogleTest, the exercise's fixed files, the fixtures, and what has no
// line; but not testkit::Probe, whose accesses stand for the data that the student's synchronisation must order.
void classify(model::Frame& frame, const std::vector<std::string>& edit);

// The innermost frame that is no library's; null if there is none.
const model::Frame* innermost_that_counts(const std::vector<model::Frame>& stack);

bool is_probe(const model::Frame& frame);

// A race counts as the student's if the innermost frame that counts, of at least one access, is in their file, or is a Probe's.
bool is_students(const model::Race& race);

// A leaked block counts as the student's if they allocated it: between the allocator and their frame there is only the C++ library. Blocks that
// another library allocated on their behalf (Open MPI keeps many until the process ends) do not count.
bool is_students(const model::SanitizerReport& leak);

// Reports about right programs that libstdc++ 12 causes and that cannot be told apart before symbols are known.
bool is_known_false(const model::Race& race);

}  // namespace lockstep::observe
