// This rank, as every part of the layer needs it.
#pragma once

#include <mpi.h>

#include "harness/inside/mpiwatch/shared_state.hpp"

namespace lockstep::mpiwatch {

struct Self {
  int rank = 0;                    // in the world
  int size = 1;
  MPI_Comm world = MPI_COMM_NULL;  // the layer's own duplicate, which carries the student's messages under tags of the layer's
  MPI_Group everyone = MPI_GROUP_NULL;
  bool ready = false;              // between MPI_Init and MPI_Finalize, with shared memory
  bool buffered = false;           // sends that the library would buffer count as done at once (--buffering default)
  bool wildcards_are_declared = true;  // MPI_ANY_SOURCE stands in the source, so that a source of -1 may be meant
};

Self& self();
inline Slot& own_slot() { return shared().slots[self().rank]; }

// Once, after MPI has begun: makes the duplicate and the shared memory. Throws std::system_error.
void begin_layer();

}  // namespace lockstep::mpiwatch
