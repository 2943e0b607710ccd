// A command of `lockstep`: one file each, one row in the table of main.cpp.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace lockstep::cli {

// Exit codes of the program.
inline constexpr int all_passed = 0;
inline constexpr int something_failed = 1;
inline constexpr int usage_error = 2;
inline constexpr int own_fault = 3;
inline constexpr int interrupted = 130;  // as shells report SIGINT
inline constexpr int closed_pipe = 141;  // as shells report SIGPIPE

// Options that stand before the command's name.
struct GlobalOptions {
  std::filesystem::path course;  // empty: found by walking up from the current folder
  std::string compiler = "auto";
  int jobs = 0;  // processes at a time; 0: two per processor, since tests wait half of their time
};

// What stands behind "--" on the command line: main takes it off before the options are read.
std::vector<std::string>& behind_dashes();

// Adds the command to `app`. Its run function is called after parsing, and returns the exit code.
using AddCommand = std::function<int()> (*)(CLI::App& app, const GlobalOptions& global);

std::function<int()> add_list(CLI::App& app, const GlobalOptions& global);
std::function<int()> add_check(CLI::App& app, const GlobalOptions& global);
std::function<int()> add_hint(CLI::App& app, const GlobalOptions& global);
std::function<int()> add_grade(CLI::App& app, const GlobalOptions& global);
std::function<int()> add_report(CLI::App& app, const GlobalOptions& global);
std::function<int()> add_regrade(CLI::App& app, const GlobalOptions& global);
std::function<int()> add_doctor(CLI::App& app, const GlobalOptions& global);
std::function<int()> add_check_course(CLI::App& app, const GlobalOptions& global);
std::function<int()> add_explore(CLI::App& app, const GlobalOptions& global);
std::function<int()> add_replay(CLI::App& app, const GlobalOptions& global);
std::function<int()> add_mpi(CLI::App& app, const GlobalOptions& global);
std::function<int()> add_completion(CLI::App& app, const GlobalOptions& global);

}  // namespace lockstep::cli
