// What a manifest's "facility" means in symbols and tokens. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::build {

// A facility as patterns: a symbol pattern with "::" is looked for in demangled names (symbol_names.hpp), one without is a whole C symbol; a token is an
// identifier of the student's file, for what leaves no symbol (constants, macros).
struct Facility {
  std::vector<std::string> symbols;
  std::vector<std::string> tokens;
  std::vector<std::string> except;  // demangled names that hold one of these instead are no use of it
};

// By a table; a name that is not in it stands for itself: "std::barrier" for everything of that class, "popen" for the C function, an
// all-capitals name for the constant. "sem_*" stands for every name that begins so.
Facility facility_named(const std::string& name);

bool uses(const Facility& facility, const std::string& symbol);

}  // namespace lockstep::build
