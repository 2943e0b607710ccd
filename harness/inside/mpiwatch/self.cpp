#include "harness/inside/mpiwatch/self.hpp"

namespace lockstep::mpiwatch {

Self& self() {
  static Self own;
  return own;
}

void begin_layer() {
  Self& own = self();
  PMPI_Comm_dup(MPI_COMM_WORLD, &own.world);
  PMPI_Comm_rank(own.world, &own.rank);
  PMPI_Comm_size(own.world, &own.size);
  PMPI_Comm_group(own.world, &own.everyone);
  map_shared_state(
      own.rank, [](char* name, int size) { PMPI_Bcast(name, size, MPI_CHAR, 0, self().world); }, [] { PMPI_Barrier(self().world); });
  own.ready = true;
}

}  // namespace lockstep::mpiwatch
