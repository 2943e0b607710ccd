// Pipes between threads of the process: whether a read, write or poll of the program's would wait is asked of the kernel; nobody else changes it.
#pragma once

#include <poll.h>

#include "harness/inside/lockstep/engine.hpp"

namespace lockstep::engine {

// The pending operation's object is 1 + descriptor, or for poll the address of its pollfds, with their count as value.
bool descriptors_ready(const Task& task);

}  // namespace lockstep::engine
