// The world of a launch, as the harness uses it.
#pragma once

#include <mpi.h>

namespace lockstep::testkit {

struct MpiWorld {
  MPI_Comm comm = MPI_COMM_NULL;  // a duplicate of MPI_COMM_WORLD, so that no message of a student's can meet one of ours
  int rank = 0;
  int size = 1;
};

const MpiWorld& mpi_world();

}  // namespace lockstep::testkit
