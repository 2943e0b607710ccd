// The other things that box_init is, inside a box: the start of an MPI rank, and the canary that tries what must be refused.
#pragma once

namespace lockstep::run {

// Opens the FIFOs "channel" and "token" of `folder` as descriptors 200 and 201 and becomes the program `argv`. mpirun's daemon closes
// every descriptor of its ranks, so they cannot be inherited.
int become_rank(const char* folder, char** argv);

// Tries what a box must refuse, and what it must allow, and prints one "name verdict errno" line for each.
int probe_box();

}  // namespace lockstep::run
