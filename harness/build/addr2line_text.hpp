// What `addr2line --functions --inlines --addresses` prints. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::build {

struct CodePlace {
  std::string function;  // demangled; empty if not known
  std::string file;      // as in the debug information, without a leading "./"; empty if not known
  int line = 0;          // 0: not known
};

// Per address, in the order asked: its places, innermost first; never none.
std::vector<std::vector<CodePlace>> parse_addr2line(std::string_view text);

}  // namespace lockstep::build
