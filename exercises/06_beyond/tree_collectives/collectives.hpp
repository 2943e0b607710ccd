// Broadcast and allreduce from single messages. This file is fixed.
#pragma once
#include <mpi.h>

#include "pdc/prelude.hpp"

namespace pdc {

void tree_broadcast(std::vector<double>& data, int root, MPI_Comm comm);  // ranks other than the root are resized
void butterfly_allreduce(std::vector<double>& data, MPI_Comm comm);       // sums, element by element; equal lengths on all ranks

}  // namespace pdc
