#include "exchange.hpp"

namespace pdc {

static void check_partner(int partner, MPI_Comm comm) {
  int size;
  MPI_Comm_size(comm, &size);
  if (partner != MPI_PROC_NULL && (partner < 0 || partner >= size)) throw std::out_of_range("no such rank");
}

// The length goes first, so the receiver can make room.
static std::vector<double> transfer(const std::vector<double>& mine, int to, int from, MPI_Comm comm) {
  int my_length = static_cast<int>(mine.size()), length = 0;
  MPI_Sendrecv(&my_length, 1, MPI_INT, to, 0, &length, 1, MPI_INT, from, 0, comm, MPI_STATUS_IGNORE);
  std::vector<double> theirs(static_cast<std::size_t>(length));
  MPI_Sendrecv(mine.data(), my_length, MPI_DOUBLE, to, 1, theirs.data(), length, MPI_DOUBLE, from, 1, comm, MPI_STATUS_IGNORE);
  return theirs;
}

std::vector<double> exchange(const std::vector<double>& mine, int partner, MPI_Comm comm) {
  check_partner(partner, comm);
  return transfer(mine, partner, partner, comm);
}

// Neighbours are even and odd, so one of the two receives while the other sends.
static std::vector<double> transfer_in_ring(const std::vector<double>& mine, int to, int from, MPI_Comm comm) {
  int my_length = static_cast<int>(mine.size()), length = 0;
  MPI_Sendrecv(&my_length, 1, MPI_INT, to, 0, &length, 1, MPI_INT, from, 0, comm, MPI_STATUS_IGNORE);
  std::vector<double> theirs(static_cast<std::size_t>(length));
  int rank;
  MPI_Comm_rank(comm, &rank);
  if (rank == to) return mine;
  if (rank % 2 == 0) {
    MPI_Send(mine.data(), my_length, MPI_DOUBLE, to, 1, comm);
    MPI_Recv(theirs.data(), length, MPI_DOUBLE, from, 1, comm, MPI_STATUS_IGNORE);
  } else {
    MPI_Recv(theirs.data(), length, MPI_DOUBLE, from, 1, comm, MPI_STATUS_IGNORE);
    MPI_Send(mine.data(), my_length, MPI_DOUBLE, to, 1, comm);
  }
  return theirs;
}

std::vector<double> ring_shift(const std::vector<double>& block, int displacement, MPI_Comm comm) {
  int rank, size;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const int step = (displacement % size + size) % size;
  return transfer_in_ring(block, (rank + step) % size, (rank + size - step) % size, comm);
}

}  // namespace pdc
