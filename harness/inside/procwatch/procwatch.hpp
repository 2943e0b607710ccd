// Process hygiene: what a test leaves behind. Runs around every test of every program.
#pragma once

#include <sys/types.h>

#include <set>

namespace lockstep::procwatch {

// Before a test's set-up. The calling process becomes the test process, and the one that orphans of its tree fall to (prctl(2)).
void before_test();

// After a test's tear-down, in whichever process reaches it. Emits a hygiene record for everything that was left behind, then kills and reaps
// the children that are left. In a child that returned into the test it reports that and does not return.
void after_test();

pid_t test_process();  // that began the current test; this process outside of tests

// This process is a child that the student's object forked.
void mark_students_child();

// Called before exit(3): in a child of the test process it reports the call and ends the child without flushing what it inherited, _exit(2).
void refuse_exit_in_child(int status);

// Descriptors that were open before the first test, without 0, 1 and 2.
const std::set<int>& harness_descriptors();

}  // namespace lockstep::procwatch
