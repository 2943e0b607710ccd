// Only the root computes blocks: each rank is told its count, and then gets it.
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
  std::vector<int> counts(static_cast<std::size_t>(size)), displacements(static_cast<std::size_t>(size));
  if (rank == root)
    for (int other = 0; other < size; ++other) {
      const Block block = block_of(static_cast<std::int64_t>(all.size()), other, size);
      counts[static_cast<std::size_t>(other)] = static_cast<int>(block.count);
      displacements[static_cast<std::size_t>(other)] = static_cast<int>(block.begin);
    }
  int count = 0;
  MPI_Scatter(counts.data(), 1, MPI_INT, &count, 1, MPI_INT, root, comm);
  std::vector<double> mine(static_cast<std::size_t>(count));
  MPI_Scatterv(all.data(), counts.data(), displacements.data(), MPI_DOUBLE, mine.data(), count, MPI_DOUBLE, root, comm);
  return mine;
}

}  // namespace pdc
