#include "collectives.hpp"

namespace pdc {
namespace {

constexpr int tag = 1;

void send(const std::vector<double>& data, int to, MPI_Comm comm) {
  MPI_Send(data.data(), static_cast<int>(data.size()), MPI_DOUBLE, to, tag, comm);
}

void receive(std::vector<double>& data, int from, MPI_Comm comm) {  // of any length
  MPI_Status status;
  int length = 0;
  MPI_Probe(from, tag, comm, &status);
  MPI_Get_count(&status, MPI_DOUBLE, &length);
  data.resize(static_cast<std::size_t>(length));
  MPI_Recv(data.data(), length, MPI_DOUBLE, from, tag, comm, MPI_STATUS_IGNORE);
}

}  // namespace

void tree_broadcast(std::vector<double>& data, int root, MPI_Comm comm) {
  int rank = 0, size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (root < 0 || root >= size) throw std::out_of_range("there is no rank " + std::to_string(root));
  const int own = rank;
  const auto absolute = [&](int relative) { return relative % size; };
  int bit = 1;
  while (bit < size && (own & bit) == 0) bit *= 2;
  if (own != 0) receive(data, absolute(own - bit), comm);
  for (bit /= 2; bit > 0; bit /= 2)
    if (own + bit < size) send(data, absolute(own + bit), comm);
}

void butterfly_allreduce(std::vector<double>& data, MPI_Comm comm) {
  int rank = 0, size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  int core = 1;
  while (2 * core <= size) core *= 2;
  const int parked = size - core, length = static_cast<int>(data.size());
  std::vector<double> theirs(data.size());
  if (rank >= core) {
    send(data, rank - core, comm);
    receive(data, rank - core, comm);
    return;
  }
  if (rank < parked) {
    receive(theirs, rank + core, comm);
    for (std::size_t i = 0; i < data.size(); ++i) data[i] += theirs[i];
  }
  for (int bit = 1; bit < core; bit *= 2) {
    const int partner = rank ^ bit;
    MPI_Sendrecv(data.data(), length, MPI_DOUBLE, partner, tag, theirs.data(), length, MPI_DOUBLE, partner, tag, comm, MPI_STATUS_IGNORE);
    for (std::size_t i = 0; i < data.size(); ++i) data[i] = rank < partner ? data[i] + theirs[i] : theirs[i] + data[i];
  }
  if (rank < parked) send(data, rank + core, comm);
}

}  // namespace pdc
