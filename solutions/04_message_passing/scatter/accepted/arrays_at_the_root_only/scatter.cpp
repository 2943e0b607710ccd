// What only the root needs, the others do not even make.
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
  unsigned long n = all.size();
  MPI_Bcast(&n, 1, MPI_UNSIGNED_LONG, root, comm);
  std::vector<int> counts, displacements;
  if (rank == root) {
    int next = 0;
    for (int other = 0; other < size; ++other) {
      counts.push_back(static_cast<int>(n) / size + (other < static_cast<int>(n) % size ? 1 : 0));
      displacements.push_back(next);
      next += counts.back();
    }
  }
  const int count = static_cast<int>(block_of(static_cast<std::int64_t>(n), rank, size).count);
  std::vector<double> mine(static_cast<std::size_t>(count));
  if (rank == root)
    MPI_Scatterv(all.data(), counts.data(), displacements.data(), MPI_DOUBLE, mine.data(), count, MPI_DOUBLE, root, comm);
  else
    MPI_Scatterv(nullptr, nullptr, nullptr, MPI_DATATYPE_NULL, mine.data(), count, MPI_DOUBLE, root, comm);
  return mine;
}

}  // namespace pdc
