// The faults that read, write and their kin of the student's object meet. The student's undefined symbols are renamed to the replacements in
// student_io.cpp and student_processes.cpp by the list redirect.syms, so tests, GoogleTest and libraries never meet one.
#pragma once

#include <cstddef>

#include "harness/inside/testkit/processes.hpp"

namespace lockstep::procwatch {

// Settings belong to one process: a fork copies them, and what a child sets does not reach its parent.
void set_io_faults(const testkit::IoFaults& faults);
testkit::IoFaults io_faults();

// True if the next call shall fail with EINTR; then errno is set. Never twice in a row on one thread: a retry gets through.
bool interrupted();

// The same for a call on a descriptor; only pipes and sockets that block are ever interrupted, as in the kernel.
bool interrupted(int descriptor);

// How many of `wanted` bytes one call on `descriptor` shall transfer: fewer only on pipes and stream sockets other than 0, 1 and 2, where a
// short transfer loses nothing.
std::size_t readable_chunk(int descriptor, std::size_t wanted);
std::size_t writable_chunk(int descriptor, std::size_t wanted);

// Waits as long as IoFaults::pause_after_write says, in children and in threads other than the main one.
void pause_after_write();

// The n-th fork from now on fails; 0: none does. The count is shared with all descendants.
void set_failing_fork(int nth);
bool fork_fails();

}  // namespace lockstep::procwatch
