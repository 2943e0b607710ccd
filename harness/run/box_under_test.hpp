// What the tests of boxes share: a runner of each kind, and commands that run the subject.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "harness/run/process_runner.hpp"

namespace lockstep::run {

inline std::filesystem::path built_programs() { return std::filesystem::read_symlink("/proc/self/exe").parent_path(); }

inline Command subject(const std::string& behaviour, const std::string& argument = "") {
  Command command;
  command.argv = {"/subject/run_subject", behaviour, argument};
  command.env = {"PATH=/usr/bin:/bin", "HOME=/tmp", "TMPDIR=/tmp"};
  command.mounts = {{built_programs().string(), "/subject"}};
  return command;
}

// One runner for all tests of a program, since the machine is probed once for each.
inline ProcessRunner& strongest_runner() {
  static const auto runner = make_process_runner();
  return *runner;
}

// An argument that tells the processes of this test from those of another that runs at the same time.
inline std::string mark_of_this_test() { return testing::UnitTest::GetInstance()->current_test_info()->name() + std::to_string(getpid()); }

inline std::vector<std::string> command_lines() {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    if (FILE* file = std::fopen((entry.path() / "cmdline").c_str(), "re")) {
      char text[4096];
      found.emplace_back(text, std::fread(text, 1, sizeof text, file));
      std::fclose(file);
    }
  }
  return found;
}

inline bool some_process_has(const std::string& word) {
  for (const std::string& line : command_lines())
    if (line.find(word) != std::string::npos) return true;
  return false;
}

}  // namespace lockstep::run
