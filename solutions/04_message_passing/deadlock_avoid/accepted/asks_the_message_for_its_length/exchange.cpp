// One message each way: a non-blocking send is under way while the other message is asked how long it is.
#include "exchange.hpp"

namespace pdc {
namespace {

void check_partner(int partner, MPI_Comm comm) {
  int size = 0;
  MPI_Comm_size(comm, &size);
  if (partner != MPI_PROC_NULL && (partner < 0 || partner >= size)) throw std::out_of_range("partner");
}

std::vector<double> receive(int from, MPI_Comm comm) {
  MPI_Status status;
  MPI_Probe(from, 5, comm, &status);
  int count = 0;
  MPI_Get_count(&status, MPI_DOUBLE, &count);
  std::vector<double> block(static_cast<std::size_t>(count));
  MPI_Recv(block.data(), count, MPI_DOUBLE, from, 5, comm, MPI_STATUS_IGNORE);
  return block;
}

}  // namespace

std::vector<double> exchange(const std::vector<double>& mine, int partner, MPI_Comm comm) {
  check_partner(partner, comm);
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  if (partner == MPI_PROC_NULL) return {};
  if (partner == rank) return mine;
  MPI_Request sending;
  MPI_Isend(mine.data(), static_cast<int>(mine.size()), MPI_DOUBLE, partner, 5, comm, &sending);
  std::vector<double> theirs = receive(partner, comm);
  MPI_Wait(&sending, MPI_STATUS_IGNORE);
  return theirs;
}

std::vector<double> ring_shift(const std::vector<double>& block, int displacement, MPI_Comm comm) {
  int rank = 0, size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  int step = displacement % size;
  if (step < 0) step += size;
  if (step == 0) return block;
  MPI_Request sending;
  MPI_Isend(block.data(), static_cast<int>(block.size()), MPI_DOUBLE, (rank + step) % size, 5, comm, &sending);
  std::vector<double> theirs = receive((rank + size - step) % size, comm);
  MPI_Wait(&sending, MPI_STATUS_IGNORE);
  return theirs;
}

}  // namespace pdc
