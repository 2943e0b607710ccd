// MPI_Sendrecv sends and receives at once, so no order of the two can be wrong: first the lengths, then the data.
#include "exchange.hpp"

namespace pdc {
namespace {

constexpr int length_tag = 1;
constexpr int data_tag = 2;

int size_of(MPI_Comm comm) {
  int size = 0;
  MPI_Comm_size(comm, &size);
  return size;
}

std::vector<double> send_and_receive(const std::vector<double>& mine, int to, int from, MPI_Comm comm) {
  const std::uint64_t my_length = mine.size();
  std::uint64_t length = 0;  // stays 0 if `from` is MPI_PROC_NULL
  MPI_Sendrecv(&my_length, 1, MPI_UINT64_T, to, length_tag, &length, 1, MPI_UINT64_T, from, length_tag, comm, MPI_STATUS_IGNORE);
  std::vector<double> received(length);
  MPI_Sendrecv(mine.data(), static_cast<int>(my_length), MPI_DOUBLE, to, data_tag, received.data(), static_cast<int>(length), MPI_DOUBLE, from,
               data_tag, comm, MPI_STATUS_IGNORE);
  return received;
}

}  // namespace

std::vector<double> exchange(const std::vector<double>& mine, int partner, MPI_Comm comm) {
  if (partner != MPI_PROC_NULL && (partner < 0 || partner >= size_of(comm)))
    throw std::out_of_range("there is no rank " + std::to_string(partner));
  return send_and_receive(mine, partner, partner, comm);
}

std::vector<double> ring_shift(const std::vector<double>& block, int displacement, MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  const int size = size_of(comm);
  const int step = (displacement % size + size) % size;  // 0 ... size - 1, also for a negative displacement
  return send_and_receive(block, (rank + step) % size, (rank - step + size) % size, comm);
}

}  // namespace pdc
