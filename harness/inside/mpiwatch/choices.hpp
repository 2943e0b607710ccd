// Receives from anybody that are made to take a certain source's message, so that other legal matches than the first one can be tried
// (harness/pipeline/mpi_explore.cpp). LOCKSTEP_CHOICES says which: "RANK:NUMBER=SOURCE;...", ranks of the world, receives from anybody counted from 1.
#pragma once

#include "harness/inside/mpiwatch/world.hpp"

namespace lockstep::mpiwatch {

// For a receive or probe from anybody that is about to be posted: counts it, and makes it wait for the source that was chosen, if one was. Returns its
// number.
int apply_choice(Operation& operation);

// With LOCKSTEP_EXPLORE: what a receive got goes on record. `number`: of the receive from anybody; 0 if it named its source.
void note_received(int number, const Operation& receive, const Operation& send);

}  // namespace lockstep::mpiwatch
