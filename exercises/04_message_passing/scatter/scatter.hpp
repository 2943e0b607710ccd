// Block distribution with remainder. This file is fixed.
#pragma once
#include <mpi.h>

#include "pdc/prelude.hpp"

namespace pdc {

struct Block {
  std::int64_t begin, count;
  friend bool operator==(const Block&, const Block&) = default;
};

// Of n elements over `size` ranks: the first n % size ranks get one more than the others.
Block block_of(std::int64_t n, int rank, int size) noexcept;

// `all` is significant at root only; each rank returns its block.
std::vector<double> scatter_blocks(const std::vector<double>& all, int root, MPI_Comm comm);

}  // namespace pdc
