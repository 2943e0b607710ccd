// The name of a variable in the executable.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lockstep::testkit {

// Writes the linker's (mangled) name of the object that holds `address`, or nothing if the executable's symbol table has none. Returns the
// length. No allocation, no intercepted call.
std::size_t name_of_object(std::uintptr_t address, char* to, std::size_t size);

}  // namespace lockstep::testkit
