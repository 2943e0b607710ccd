// What of a collective call the other ranks must fit, from its arguments.
#pragma once

#include <mpi.h>

#include "harness/inside/mpiwatch/checks.hpp"
#include "harness/inside/mpiwatch/collectives.hpp"

namespace lockstep::mpiwatch {

Shape shape_of_meeting(int root = -1);  // no data of which the ranks must agree
Shape shape_of_same(int count, MPI_Datatype type, int root = -1, MPI_Op op = MPI_OP_NULL);
Shape shape_of_counts(const int counts[], MPI_Datatype type, MPI_Op op, MPI_Comm comm);  // MPI_Reduce_scatter

// One side of a call that moves data between pairs: the same amount to (from) each, one for each, or nothing said.
struct Side {
  const int* counts = nullptr;  // by rank
  int count = -1;               // of each; -1: nothing is said
  MPI_Datatype type = MPI_DATATYPE_NULL;
  int only = -1;                // only to (from) this rank
};
Shape shape_of_pairs(const Side& sent, const Side& expected, MPI_Comm comm, int root = -1);

bool is_root(int root, MPI_Comm comm);

// Buffers, counts and types of a collective call; MPI_IN_PLACE is fine where `in_place`.
Misuse check_part(const void* buffer, int count, MPI_Datatype type, bool in_place);
Misuse check_counts(const int counts[], MPI_Datatype type, MPI_Comm comm);
Misuse check_op(MPI_Op op);
Misuse check_apart(const void* data, int count, MPI_Datatype type, const void* into, int into_count, MPI_Datatype into_type);

}  // namespace lockstep::mpiwatch
