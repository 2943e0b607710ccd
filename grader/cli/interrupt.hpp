// Ctrl-C and SIGTERM: running processes are ended, nothing half-written is left, and the program exits with 130.
//
// Theory of operation: main blocks SIGINT, SIGTERM and SIGHUP before any thread exists; one thread takes them with sigwait(3). On the first it sets
// a flag and calls `on_interrupt`, which makes every process runner end its run; gradings then finish as cancelled and are not written.
#pragma once

#include <functional>

namespace lockstep::cli {

void block_interrupts();
void on_interrupt(std::function<void()> action);  // starts the thread; called once
bool was_interrupted();

}  // namespace lockstep::cli
