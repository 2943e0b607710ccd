// Nothing in this file asks for a receive from anybody by its name.
#include "corpus.hpp"

WRONG(undeclared_wildcard, left_neighbour_of_the_first) {
  int got = -1;
  MPI_Sendrecv(&rank, 1, MPI_INT, right_of(rank, size), 0, &got, 1, MPI_INT, (rank - 1) % size, 0, WORLD, IGNORE);  // here
}
WRONG(undeclared_wildcard, receives_from_the_rank_before) {
  int got = -1;
  MPI_Request request;
  MPI_Isend(&rank, 1, MPI_INT, right_of(rank, size), 0, WORLD, &request);
  MPI_Recv(&got, 1, MPI_INT, rank - 1, 0, WORLD, IGNORE);  // here
  MPI_Wait(&request, IGNORE);
}
WRONG(undeclared_wildcard, probes_the_rank_before) {
  if (rank == 0) MPI_Probe(rank - 1, 0, WORLD, IGNORE);  // here
}
