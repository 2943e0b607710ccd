// One execution: a forked child of the warmed parent runs the program under the engine and leaves its report in the shared mapping.
#pragma once

#include <string>

#include "harness/inside/lockstep/exchange.hpp"

namespace lockstep::engine {

using Program = int (*)(void* argument);

// The mapping that parent and children share. Throws std::runtime_error if there is none to be had.
Exchange* make_exchange();

// Runs `program` as exchange.order says; its report is in exchange.report afterwards. What it prints goes to `output`, if that is given, else nowhere.
void execute(Exchange& exchange, Program program, void* argument, std::string* output);

// Inside an execution, from a test's own framework: an expectation failed; the execution goes on, and ends as `failed`.
void note_failed_expectation(const char* file, int line, const char* message);
[[noreturn]] void note_not_implemented(const char* function);
void note_skipped();
bool in_execution();

}  // namespace lockstep::engine
