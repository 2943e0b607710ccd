// Return addresses of a stopped task, without symbols: those are found outside the box, where the unstripped program is.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "harness/model/observation.hpp"

namespace lockstep::run {

struct MappedFile {
  std::uint64_t start = 0, end = 0;
  std::uint64_t base = 0;
  bool executable = false;
  std::string path;  // empty: anonymous
};
std::vector<MappedFile> read_mappings(pid_t process);

// Innermost first. `function` of each frame is "module+0xoffset": the address in the file of the call (one byte before the return address).
// The program keeps frame pointers in its sanitized profiles; libraries do not, so the way from the system call to the first frame of the
// program is searched for on the stack. An evidence for people: no verdict depends on it.
std::vector<model::Frame> read_stack(pid_t process, std::uint64_t instruction, std::uint64_t stack_pointer, std::uint64_t frame_pointer);

}  // namespace lockstep::run
