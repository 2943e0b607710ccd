#include "scatter.hpp"

namespace pdc {

Block block_of(std::int64_t n, int rank, int size) noexcept {
  const std::int64_t each = n / size, more = n % size;
  return {each * rank + std::min<std::int64_t>(rank, more), each + (rank < more ? 1 : 0)};
}

std::vector<double> scatter_blocks(const std::vector<double>& all, int root, MPI_Comm comm) {
  int rank = 0, size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (root < 0 || root >= size) throw std::out_of_range("there is no rank " + std::to_string(root));
  std::int64_t n = rank == root ? static_cast<std::int64_t>(all.size()) : 0;
  MPI_Bcast(&n, 1, MPI_INT64_T, root, comm);
  std::vector<double> copy = rank == root ? all : std::vector<double>(static_cast<std::size_t>(n));
  MPI_Bcast(copy.data(), static_cast<int>(n), MPI_DOUBLE, root, comm);
  const Block block = block_of(n, rank, size);
  return {copy.begin() + block.begin, copy.begin() + block.begin + block.count};
}

}  // namespace pdc
