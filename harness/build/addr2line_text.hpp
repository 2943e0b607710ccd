// What `addr2line --functions --inlines --addresses` prints. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::build {

struct CodePlace {
  std::string function;  // demangled; empty if not known
  std::string file;      // a course_path; empty if not known
  int line = 0;          // 0: not known
};

// What the course calls a file of its own: debug information puts the compiler's working folder and "/./" before it (plan_compile). Other paths come back unchanged.
std::string course_path(std::string_view debug_path);

// Per address, in the order asked: its places, innermost first; never none.
std::vector<std::vector<CodePlace>> parse_addr2line(std::string_view text);

}  // namespace lockstep::build
