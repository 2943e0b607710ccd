#include "p2p.hpp"

namespace pdc {

std::vector<double> deliver(const std::vector<double>& payload, int src, int dst, int tag, MPI_Comm comm) {
  int rank = 0, size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (src < 0 || src >= size || dst < 0 || dst >= size) throw std::out_of_range("no such rank");
  if (src == dst) return rank == src ? payload : std::vector<double>{};
  if (rank == src) MPI_Send(payload.data(), static_cast<int>(payload.size()), MPI_DOUBLE, dst, tag, comm);
  if (rank != dst) return {};
  MPI_Status status;
  int length = 0;
  MPI_Probe(src, tag, comm, &status);
  MPI_Get_count(&status, MPI_DOUBLE, &length);
  std::vector<double> got(static_cast<std::size_t>(length));
  MPI_Recv(got.data(), length, MPI_DOUBLE, src, tag, comm, MPI_STATUS_IGNORE);
  return got;
}

std::vector<std::int64_t> ring_token(std::int64_t mine, MPI_Comm comm) {
  int rank = 0, size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  std::vector<std::int64_t> token(static_cast<std::size_t>(size));
  token[static_cast<std::size_t>(rank)] = mine;
  for (int step = 1; step < size; ++step) {
    const int passed = (rank + size - step + 1) % size, coming = (rank + size - step) % size;
    MPI_Send(&token[static_cast<std::size_t>(passed)], 1, MPI_INT64_T, (rank + 1) % size, 0, comm);
    MPI_Recv(&token[static_cast<std::size_t>(coming)], 1, MPI_INT64_T, (rank + size - 1) % size, 0, comm, MPI_STATUS_IGNORE);
  }
  return rank == 0 ? token : std::vector<std::int64_t>{};
}

}  // namespace pdc
