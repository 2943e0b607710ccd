// The parked ranks are spread among the first ones, and the farthest partners meet first.
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
  const auto absolute = [&](int relative) { return (relative + root) % size; };
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
  const int length = static_cast<int>(data.size());
  std::vector<double> theirs(data.size());
  const auto exchange = [&](int partner) {
    MPI_Request requests[2];
    MPI_Irecv(theirs.data(), length, MPI_DOUBLE, partner, tag, comm, &requests[0]);
    MPI_Isend(data.data(), length, MPI_DOUBLE, partner, tag, comm, &requests[1]);
    MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
  };
  const auto add = [&] {
    for (std::size_t i = 0; i < data.size(); ++i) data[i] += theirs[i];  // addition commutes, so both sides get the same bits
  };
  // Of the first pairs the odd rank is parked.
  const int parked = size - core;
  if (rank < 2 * parked && rank % 2 == 1) {
    send(data, rank - 1, comm);
    receive(data, rank - 1, comm);
    return;
  }
  if (rank < 2 * parked) {
    receive(theirs, rank + 1, comm);
    add();
  }
  const int own = rank < 2 * parked ? rank / 2 : rank - parked;
  for (int bit = core / 2; bit > 0; bit /= 2) {
    const int other = own ^ bit;
    exchange(other < parked ? 2 * other : other + parked);
    add();
  }
  if (rank < 2 * parked) send(data, rank + 1, comm);
}

}  // namespace pdc
