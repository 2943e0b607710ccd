// The length goes ahead, and all children are served at once.
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
  const int own = (rank - root + size) % size;
  std::uint64_t length = data.size();
  int round = 1;
  while (round < size && (own & round) == 0) round *= 2;
  if (own != 0) {
    const int from = (own - round + root) % size;
    MPI_Recv(&length, 1, MPI_UINT64_T, from, 2, comm, MPI_STATUS_IGNORE);
    data.resize(length);
    MPI_Recv(data.data(), static_cast<int>(length), MPI_DOUBLE, from, 3, comm, MPI_STATUS_IGNORE);
  }
  std::vector<MPI_Request> requests;
  for (int bit = round / 2; bit > 0; bit /= 2) {
    if (own + bit >= size) continue;
    const int to = (own + bit + root) % size;
    requests.resize(requests.size() + 2);
    MPI_Isend(&length, 1, MPI_UINT64_T, to, 2, comm, &requests[requests.size() - 2]);
    MPI_Isend(data.data(), static_cast<int>(length), MPI_DOUBLE, to, 3, comm, &requests[requests.size() - 1]);
  }
  MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
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
