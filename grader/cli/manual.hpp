// `--help` of a command is its manual: purpose, options, exit codes, files, environment, examples of this very command.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace lockstep::cli {

struct Manual {
  std::string purpose;      // paragraphs; lines are broken as they are to be shown
  std::string exit_codes;   // lines "0  ..."; those that every command has are added
  std::string files;        // lines; empty: the command reads and writes none of its own
  std::string environment;  // lines; empty: none
  std::string examples;     // lines, each a command that can be run
};

// The lines about LOCKSTEP_CACHE and TMPDIR, for commands that compile and run.
extern const char* const environment_of_runs;

void set_manual(CLI::App& command, const Manual& manual);

}  // namespace lockstep::cli
