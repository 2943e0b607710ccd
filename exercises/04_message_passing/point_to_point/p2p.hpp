// Deliver and pass a token. This file is fixed.
#pragma once
#include <mpi.h>

#include "pdc/prelude.hpp"

namespace pdc {

// The payload is significant on src only and is returned on dst; every other rank (and src, if src != dst) returns {}.
std::vector<double> deliver(const std::vector<double>& payload, int src, int dst, int tag, MPI_Comm comm);

// One token visits the ranks 0, 1, ..., P-1 and returns to 0, each rank appending `mine`; rank 0 returns all values, the others {}.
std::vector<std::int64_t> ring_token(std::int64_t mine, MPI_Comm comm);

}  // namespace pdc
