// What gcc, clang and the linkers print, reduced to the one sentence about the student's own line. Pure; never throws on any input.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::build {

struct Diagnosis {
  std::string message;  // one line, shortened; empty if no error was found in the text
  std::string file;     // name of the student's file; empty if the error stands elsewhere and nothing of the student's leads to it
  int line = 0;
};

// The first error that stands in one of the `edit` files of the folder `workspace`, or that such a file leads to by an instantiation
// (gcc's "required from", clang's "requested here"); if there is none, the first error. Reads plain text without carets, in the C locale.
Diagnosis first_error(std::string_view text, const std::string& workspace, const std::vector<std::string>& edit);

// Demangled names that mold or GNU ld could not find, in the order of the text, each once.
std::vector<std::string> undefined_names(std::string_view linker_text);

// Demangled names that are defined twice.
std::vector<std::string> duplicate_names(std::string_view linker_text);

// A message as a student should read it: types by their usual names, paths of ours left out, at most 300 bytes.
std::string shorten(std::string message, const std::string& workspace);

}  // namespace lockstep::build
