#include "p2p.hpp"

namespace pdc {

std::vector<double> deliver(const std::vector<double>& payload, int src, int dst, int tag, MPI_Comm comm) {
  int rank = 0, size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (src < 0 || src >= size || dst < 0 || dst >= size) throw std::out_of_range("no such rank");
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
  if (size == 1) return {mine};
  const int next = (rank + 1) % size, before = (rank + size - 1) % size;
  std::vector<std::int64_t> token;
  if (rank > 0) {
    token.resize(static_cast<std::size_t>(rank));
    MPI_Recv(token.data(), rank, MPI_INT64_T, before, 0, comm, MPI_STATUS_IGNORE);
  }
  token.push_back(mine);
  MPI_Send(token.data(), static_cast<int>(token.size()), MPI_INT64_T, next, 0, comm);
  if (rank > 0) return {};
  token.resize(static_cast<std::size_t>(size));
  MPI_Recv(token.data(), size, MPI_INT64_T, before, 0, comm, MPI_STATUS_IGNORE);
  return token;
}

}  // namespace pdc
