// What the engine knows of the program's executable: where its code lies, and which functions in it are not the program's own.
#pragma once

#include <cstdint>

namespace lockstep::engine {

// In the parent, once: reads the symbols of the executable.
void read_own_code();

bool in_executable(std::uintptr_t pc);
bool in_library_lock(std::uintptr_t pc);  // inside std::atomic<std::shared_ptr>
bool in_test_framework(std::uintptr_t pc);  // GoogleTest

}  // namespace lockstep::engine
