// Blocking calls only, in an order that leaves nobody waiting. Partners: the lower rank sends first. Rings: a shift by d splits the ranks into
// gcd(d, P) rings; along each, even positions send first and odd ones receive first, and in a ring of odd length the last position
// receives first too, because the first one, its neighbour, sends first.
#include "exchange.hpp"

#include <numeric>

namespace pdc {
namespace {

void check_partner(int partner, MPI_Comm comm) {
  int size = 0;
  MPI_Comm_size(comm, &size);
  if (partner != MPI_PROC_NULL && (partner < 0 || partner >= size)) throw std::out_of_range("partner");
}

void send(const std::vector<double>& block, int to, MPI_Comm comm) {
  const std::int64_t length = static_cast<std::int64_t>(block.size());
  MPI_Send(&length, 1, MPI_INT64_T, to, 1, comm);
  MPI_Send(block.data(), static_cast<int>(length), MPI_DOUBLE, to, 2, comm);
}

std::vector<double> receive(int from, MPI_Comm comm) {
  std::int64_t length = 0;
  MPI_Recv(&length, 1, MPI_INT64_T, from, 1, comm, MPI_STATUS_IGNORE);
  std::vector<double> block(static_cast<std::size_t>(length));
  MPI_Recv(block.data(), static_cast<int>(length), MPI_DOUBLE, from, 2, comm, MPI_STATUS_IGNORE);
  return block;
}

std::vector<double> send_and_receive(const std::vector<double>& block, int to, int from, bool send_first, MPI_Comm comm) {
  if (send_first) send(block, to, comm);
  std::vector<double> received = receive(from, comm);
  if (!send_first) send(block, to, comm);
  return received;
}

}  // namespace

std::vector<double> exchange(const std::vector<double>& mine, int partner, MPI_Comm comm) {
  check_partner(partner, comm);
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  if (partner == MPI_PROC_NULL) return {};
  if (partner == rank) return mine;
  return send_and_receive(mine, partner, partner, rank < partner, comm);
}

std::vector<double> ring_shift(const std::vector<double>& block, int displacement, MPI_Comm comm) {
  int rank = 0, size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const int step = (displacement % size + size) % size;
  if (step == 0) return block;
  const int rings = std::gcd(step, size);
  const int length = size / rings;
  int position = 0;  // along the ring that starts at rank `rank % rings`
  for (int at = rank % rings; at != rank; at = (at + step) % size) ++position;
  const bool last_of_odd = length % 2 == 1 && position == length - 1;
  return send_and_receive(block, (rank + step) % size, (rank + size - step) % size, position % 2 == 0 && !last_of_odd, comm);
}

}  // namespace pdc
