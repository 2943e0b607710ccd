// What bubblewrap is told: pure, so that the walls of a box can be read and tested as a list of words.
#pragma once

#include <string>
#include <vector>

#include "harness/run/process_runner.hpp"

namespace lockstep::run {

// Inside every box: the run module's own folder.
inline constexpr std::string_view box_folder = "/box";
inline constexpr std::string_view box_init_inside = "/box/init";

struct BoxShape {
  bool user_namespace = false;  // false: we are root, and the box becomes another user by itself
  std::string box_init;         // outside
  int passwd_fd = -1;           // content of /etc/passwd inside
  int group_fd = -1;
  std::vector<std::string> etc;  // names in /etc that exist outside and are shown inside
};

// Throws model::Fault if a mount of the command lies where the box has its own.
std::vector<std::string> bwrap_arguments(const Command& command, const BoxShape& shape);

// What of /etc a compiler, the dynamic linker or mpirun reads, and no secret: those of them that exist here.
std::vector<std::string> shown_etc();

// As many bytes as Open MPI's shared memory segments need, and some for the student: 64 MiB, or 16 and 8 for each rank if that is more.
std::uint64_t shared_memory_bytes(int ranks);

}  // namespace lockstep::run
