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
  const int each = static_cast<int>(n) / size, more = static_cast<int>(n) % size;
  // The equal parts stand side by side, the elements of the remainder behind them.
  std::vector<double> sorted;
  std::vector<int> counts, displacements;
  if (rank == root) {
    std::vector<double> rest;
    for (int other = 0; other < size; ++other) {
      const Block block = block_of(n, other, size);
      sorted.insert(sorted.end(), all.begin() + block.begin, all.begin() + block.begin + each);
      if (block.count > each) rest.push_back(all[static_cast<std::size_t>(block.begin + each)]);
    }
    sorted.insert(sorted.end(), rest.begin(), rest.end());
  }
  for (int other = 0; other < size; ++other) {
    counts.push_back(other < more ? 1 : 0);
    displacements.push_back(other < more ? size * each + other : 0);
  }
  std::vector<double> mine(static_cast<std::size_t>(each + (rank < more ? 1 : 0)) + 1);
  sorted.resize(static_cast<std::size_t>(n) + 1);
  MPI_Scatter(sorted.data(), each, MPI_DOUBLE, mine.data(), each, MPI_DOUBLE, root, comm);
  MPI_Scatterv(sorted.data(), counts.data(), displacements.data(), MPI_DOUBLE, mine.data() + each, rank < more ? 1 : 0, MPI_DOUBLE, root, comm);
  mine.pop_back();
  return mine;
}

}  // namespace pdc
