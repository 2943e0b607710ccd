// Every rank has room for all values of the token, and fills in its own; only what has been filled in travels.
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
  if (size == 1) return token;
  if (rank == 0) {
    MPI_Ssend(token.data(), 1, MPI_INT64_T, 1, 11, comm);
    MPI_Recv(token.data(), size, MPI_INT64_T, size - 1, 11, comm, MPI_STATUS_IGNORE);
    return token;
  }
  MPI_Recv(token.data(), size, MPI_INT64_T, rank - 1, 11, comm, MPI_STATUS_IGNORE);
  token[static_cast<std::size_t>(rank)] = mine;
  MPI_Ssend(token.data(), rank + 1, MPI_INT64_T, (rank + 1) % size, 11, comm);
  return {};
}

}  // namespace pdc
