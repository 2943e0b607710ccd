// Which function uses which symbol, and on which line: parsed from `objdump -d -l -r` of an object without optimisation. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::build {

struct Reference {
  std::string function;  // mangled; the one that uses
  std::string owner;     // file in which that function begins
  std::string symbol;    // mangled; what it uses
  std::string file;      // of the using instruction
  int line = 0;
};

std::vector<Reference> parse_references(std::string_view disassembly);

}  // namespace lockstep::build
