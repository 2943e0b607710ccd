// Receives are posted before anything is waited for, so nobody can be in nobody's way.
#include "exchange.hpp"

namespace pdc {
namespace {

void check_partner(int partner, MPI_Comm comm) {
  int size = 0;
  MPI_Comm_size(comm, &size);
  if (partner != MPI_PROC_NULL && (partner < 0 || partner >= size)) throw std::out_of_range("partner");
}

std::vector<double> swap_with(const std::vector<double>& mine, int to, int from, MPI_Comm comm) {
  long my_count = static_cast<long>(mine.size()), count = 0;
  std::array<MPI_Request, 2> requests;
  MPI_Irecv(&count, 1, MPI_LONG, from, 100, comm, &requests[0]);
  MPI_Isend(&my_count, 1, MPI_LONG, to, 100, comm, &requests[1]);
  MPI_Waitall(2, requests.data(), MPI_STATUSES_IGNORE);

  std::vector<double> theirs(static_cast<std::size_t>(count));
  MPI_Irecv(theirs.data(), static_cast<int>(count), MPI_DOUBLE, from, 101, comm, &requests[0]);
  MPI_Isend(mine.data(), static_cast<int>(my_count), MPI_DOUBLE, to, 101, comm, &requests[1]);
  MPI_Waitall(2, requests.data(), MPI_STATUSES_IGNORE);
  return theirs;
}

}  // namespace

std::vector<double> exchange(const std::vector<double>& mine, int partner, MPI_Comm comm) {
  check_partner(partner, comm);
  return swap_with(mine, partner, partner, comm);
}

std::vector<double> ring_shift(const std::vector<double>& block, int displacement, MPI_Comm comm) {
  int rank = 0, size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const auto wrapped = [size](long long r) { return static_cast<int>(((r % size) + size) % size); };
  return swap_with(block, wrapped(static_cast<long long>(rank) + displacement), wrapped(static_cast<long long>(rank) - displacement), comm);
}

}  // namespace pdc
