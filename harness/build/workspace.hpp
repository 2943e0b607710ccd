// One submission laid over the canonical exercise: what the catalog makes and the build compiles.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lockstep::build {

struct Workspace {
  std::filesystem::path folder;   // private to this grading; the exercise's headers and public files with the student's files laid over them
  std::vector<std::string> edit;  // names of the student's files in it
};

}  // namespace lockstep::build
