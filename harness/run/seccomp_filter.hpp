// The system calls that a box refuses, as a program for the kernel.
#pragma once

#include <string>

namespace lockstep::run {

struct FilterOptions {
  bool may_ptrace = false;    // LeakSanitizer stops its own threads
  bool deny_network = false;  // where the box has no network namespace and no ranks that need sockets
};

// BPF instructions (struct sock_filter, one after the other). Computed once per option set. Throws model::Fault if libseccomp cannot.
const std::string& seccomp_filter(const FilterOptions& options);

}  // namespace lockstep::run
