// What a submission must not bring along because it would replace, or blind, what grades it. Pure: over symbols and tokens.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/build/elf_object.hpp"
#include "harness/build/tokens.hpp"

namespace lockstep::build {

struct Offence {
  std::string what;  // "defines pthread_mutex_lock"
  std::string why;
  int line = 0;  // 0: not known
};

// Definitions of functions that the graders' own objects or their libraries provide, calls into the sanitizers' controls, and code that
// runs before everything else. A `main` of the student's is harmless: it is made local. `holds_tests`: a test program is in the object too, because it
// includes the student's header, and calls what tests call.
std::optional<Offence> audit_symbols(const ObjectFile& object, bool holds_tests = false);

// Assembly, attributes and pragmas that hide code from the sanitizers, and tests for being graded. Over the file as it is written, and once more
// as its macros make it.
std::optional<Offence> audit_tokens(const std::vector<Token>& tokens);

// What a submission may have made of the headers that it includes, or let them do for it: an attribute that hides code from the sanitizers.
std::optional<Offence> audit_headers(const std::vector<Token>& tokens);

}  // namespace lockstep::build
