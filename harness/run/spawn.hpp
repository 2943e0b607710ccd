// Starts one process. The only door to the library that does it.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace lockstep::run {

struct Inherited {
  int target;  // its number in the new process
  int source;  // our descriptor
};

struct Spawn {
  std::string executable;
  std::vector<std::string> arguments;  // without argv[0], which is the executable
  std::vector<Inherited> descriptors;  // everything else is closed, except that 0 stays open unless it is given
};

// The new process has an empty environment and a session of its own, and is killed by the kernel when the calling thread ends. The caller
// waits for the pid. Throws model::Fault.
pid_t spawn(const Spawn& what);

}  // namespace lockstep::run
