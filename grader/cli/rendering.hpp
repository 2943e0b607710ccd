// Records to text for whoever reads them.
#pragma once

#include <string>
#include <vector>

#include "grader/cli/command.hpp"
#include "grader/scoring/score.hpp"
#include "harness/model/record.hpp"

namespace lockstep::cli {

struct RenderOptions {
  std::vector<std::string> formats;  // empty: terminal
  std::string audience = "student";  // or "instructor": hidden checks are shown with their evidence
  std::filesystem::path out;         // empty: to standard output
  std::string submission;            // as it was named on the command line; empty: not known
};

void add_render_options(CLI::App& command, RenderOptions& options);

// Refuses what contradicts itself, and a folder that cannot be written to, before anything is run. Throws model::UsageError. `documents`: how
// many gradings are rendered.
void check_render_options(const RenderOptions& options, std::size_t documents);

// Renders to standard output, or writes each format's file below `out`/`folder`. With `keep_record`, the record is written too: it is the
// grade's proof.
void deliver(const model::Record& record, const RenderOptions& options, const std::string& folder, bool keep_record);

// 0 if every decided check passed, 3 if only faults of the grader stand in the way, else 1.
int exit_code_of(const model::Record& record);

// "87 of 100 points (3 of 5 checks passed)" and what is pending or provisional.
std::string summary_of(const model::Record& record);

}  // namespace lockstep::cli
