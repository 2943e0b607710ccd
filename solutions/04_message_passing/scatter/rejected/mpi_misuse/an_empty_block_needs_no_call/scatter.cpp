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
  std::vector<int> counts, displacements;
  for (int other = 0; other < size; ++other) {
    const Block block = block_of(n, other, size);
    counts.push_back(static_cast<int>(block.count));
    displacements.push_back(static_cast<int>(block.begin));
  }
  std::vector<double> mine(static_cast<std::size_t>(block_of(n, rank, size).count));
  if (mine.empty()) return mine;
  MPI_Scatterv(all.data(), counts.data(), displacements.data(), MPI_DOUBLE, mine.data(), static_cast<int>(mine.size()), MPI_DOUBLE, root, comm);
  return mine;
}

}  // namespace pdc
