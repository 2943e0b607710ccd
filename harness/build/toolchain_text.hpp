// What compilers and MPI wrappers print about themselves. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::build {

struct CompilerText {
  std::string family;      // "gcc", "clang", or empty if it is neither
  std::string version;     // "12.2.0"
  std::string first_line;  // holds the distribution's own revision
  int major() const;
};

CompilerText parse_compiler_version(std::string_view text);  // of --version

std::vector<std::string> split_words(std::string_view text);

}  // namespace lockstep::build
