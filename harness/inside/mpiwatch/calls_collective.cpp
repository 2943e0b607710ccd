// Collective operations: their nonblocking twins (MPI 3.1, 5.12), waited for. All ranks of a program go through here, so twins meet twins, as
// the standard asks.
#include <mpi.h>

#include <string>

#include "harness/inside/mpiwatch/blocking.hpp"
#include "harness/inside/mpiwatch/words.hpp"

using namespace lockstep::mpiwatch;

namespace {

int size_of(MPI_Comm comm) {
  int size = 1;
  if (comm != MPI_COMM_NULL) PMPI_Comm_size(comm, &size);
  return size;
}

int sum_of(const int counts[], MPI_Comm comm) {
  int sum = 0;
  for (int i = 0, size = size_of(comm); i < size; ++i) sum += counts[i];
  return sum;
}

int own(const int counts[], MPI_Comm comm) {
  int rank = 0;
  PMPI_Comm_rank(comm, &rank);
  return counts[rank];
}

bool is_root(int root, MPI_Comm comm) {
  int rank = 0;
  if (comm != MPI_COMM_NULL) PMPI_Comm_rank(comm, &rank);
  return rank == root;
}

std::string root_words(int root) { return "root=" + rank_words(root); }

// `start(&request)` starts the twin.
template <class Start, class Say>
int collective(Start start, Say words) {
  MPI_Request request = MPI_REQUEST_NULL;
  const int rc = start(&request);
  return finish(rc, request, MPI_STATUS_IGNORE, words);
}

}  // namespace

extern "C" {

int MPI_Barrier(MPI_Comm comm) {
  return collective([=](MPI_Request* r) { return PMPI_Ibarrier(comm, r); }, [] { return std::string("MPI_Barrier()"); });
}

int MPI_Bcast(void* data, int count, MPI_Datatype type, int root, MPI_Comm comm) {
  count_bytes(count, type, is_root(root, comm) ? size_of(comm) : 1);
  return collective([=](MPI_Request* r) { return PMPI_Ibcast(data, count, type, root, comm, r); },
                    [=] { return "MPI_Bcast(" + data_words(count, type) + ", " + root_words(root) + ")"; });
}

int MPI_Gather(const void* data, int count, MPI_Datatype type, void* into, int into_count, MPI_Datatype into_type, int root, MPI_Comm comm) {
  if (data != MPI_IN_PLACE) count_bytes(count, type);
  if (is_root(root, comm)) count_bytes(into_count, into_type, size_of(comm));
  return collective([=](MPI_Request* r) { return PMPI_Igather(data, count, type, into, into_count, into_type, root, comm, r); },
                    [=] { return "MPI_Gather(" + root_words(root) + ")"; });
}

int MPI_Gatherv(const void* data, int count, MPI_Datatype type, void* into, const int counts[], const int displacements[],
                MPI_Datatype into_type, int root, MPI_Comm comm) {
  if (data != MPI_IN_PLACE) count_bytes(count, type);
  if (is_root(root, comm)) count_bytes(sum_of(counts, comm), into_type);
  return collective([=](MPI_Request* r) { return PMPI_Igatherv(data, count, type, into, counts, displacements, into_type, root, comm, r); },
                    [=] { return "MPI_Gatherv(" + root_words(root) + ")"; });
}

int MPI_Scatter(const void* data, int count, MPI_Datatype type, void* into, int into_count, MPI_Datatype into_type, int root, MPI_Comm comm) {
  if (is_root(root, comm)) count_bytes(count, type, size_of(comm));
  if (into != MPI_IN_PLACE) count_bytes(into_count, into_type);
  return collective([=](MPI_Request* r) { return PMPI_Iscatter(data, count, type, into, into_count, into_type, root, comm, r); },
                    [=] { return "MPI_Scatter(" + root_words(root) + ")"; });
}

int MPI_Scatterv(const void* data, const int counts[], const int displacements[], MPI_Datatype type, void* into, int into_count,
                 MPI_Datatype into_type, int root, MPI_Comm comm) {
  if (is_root(root, comm)) count_bytes(sum_of(counts, comm), type);
  if (into != MPI_IN_PLACE) count_bytes(into_count, into_type);
  return collective(
      [=](MPI_Request* r) { return PMPI_Iscatterv(data, counts, displacements, type, into, into_count, into_type, root, comm, r); },
      [=] { return "MPI_Scatterv(" + root_words(root) + ")"; });
}

int MPI_Allgather(const void* data, int count, MPI_Datatype type, void* into, int into_count, MPI_Datatype into_type, MPI_Comm comm) {
  count_bytes(into_count, into_type, 2 * size_of(comm));
  return collective([=](MPI_Request* r) { return PMPI_Iallgather(data, count, type, into, into_count, into_type, comm, r); },
                    [=] { return "MPI_Allgather(" + data_words(into_count, into_type) + " of each rank)"; });
}

int MPI_Allgatherv(const void* data, int count, MPI_Datatype type, void* into, const int counts[], const int displacements[],
                   MPI_Datatype into_type, MPI_Comm comm) {
  count_bytes(sum_of(counts, comm), into_type, 2);
  return collective([=](MPI_Request* r) { return PMPI_Iallgatherv(data, count, type, into, counts, displacements, into_type, comm, r); },
                    [] { return std::string("MPI_Allgatherv()"); });
}

int MPI_Alltoall(const void* data, int count, MPI_Datatype type, void* into, int into_count, MPI_Datatype into_type, MPI_Comm comm) {
  count_bytes(into_count, into_type, 2 * size_of(comm));
  return collective([=](MPI_Request* r) { return PMPI_Ialltoall(data, count, type, into, into_count, into_type, comm, r); },
                    [=] { return "MPI_Alltoall(" + data_words(into_count, into_type) + " of each rank)"; });
}

int MPI_Alltoallv(const void* data, const int counts[], const int displacements[], MPI_Datatype type, void* into, const int into_counts[],
                  const int into_displacements[], MPI_Datatype into_type, MPI_Comm comm) {
  count_bytes(sum_of(into_counts, comm), into_type, 2);
  return collective(
      [=](MPI_Request* r) {
        return PMPI_Ialltoallv(data, counts, displacements, type, into, into_counts, into_displacements, into_type, comm, r);
      },
      [] { return std::string("MPI_Alltoallv()"); });
}

int MPI_Alltoallw(const void* data, const int counts[], const int displacements[], const MPI_Datatype types[], void* into,
                  const int into_counts[], const int into_displacements[], const MPI_Datatype into_types[], MPI_Comm comm) {
  for (int i = 0, size = size_of(comm); i < size; ++i) count_bytes(into_counts[i], into_types[i], 2);
  return collective(
      [=](MPI_Request* r) {
        return PMPI_Ialltoallw(data, counts, displacements, types, into, into_counts, into_displacements, into_types, comm, r);
      },
      [] { return std::string("MPI_Alltoallw()"); });
}

int MPI_Reduce(const void* data, void* into, int count, MPI_Datatype type, MPI_Op op, int root, MPI_Comm comm) {
  count_bytes(count, type, 2);
  return collective([=](MPI_Request* r) { return PMPI_Ireduce(data, into, count, type, op, root, comm, r); },
                    [=] { return "MPI_Reduce(" + data_words(count, type) + ", " + root_words(root) + ")"; });
}

int MPI_Allreduce(const void* data, void* into, int count, MPI_Datatype type, MPI_Op op, MPI_Comm comm) {
  count_bytes(count, type, 2 * size_of(comm));
  return collective([=](MPI_Request* r) { return PMPI_Iallreduce(data, into, count, type, op, comm, r); },
                    [=] { return "MPI_Allreduce(" + data_words(count, type) + ")"; });
}

int MPI_Reduce_scatter(const void* data, void* into, const int counts[], MPI_Datatype type, MPI_Op op, MPI_Comm comm) {
  count_bytes(sum_of(counts, comm), type, 2);
  return collective([=](MPI_Request* r) { return PMPI_Ireduce_scatter(data, into, counts, type, op, comm, r); },
                    [=] { return "MPI_Reduce_scatter(" + data_words(own(counts, comm), type) + " for this rank)"; });
}

int MPI_Reduce_scatter_block(const void* data, void* into, int count, MPI_Datatype type, MPI_Op op, MPI_Comm comm) {
  count_bytes(count, type, 2 * size_of(comm));
  return collective([=](MPI_Request* r) { return PMPI_Ireduce_scatter_block(data, into, count, type, op, comm, r); },
                    [=] { return "MPI_Reduce_scatter_block(" + data_words(count, type) + " for each rank)"; });
}

int MPI_Scan(const void* data, void* into, int count, MPI_Datatype type, MPI_Op op, MPI_Comm comm) {
  count_bytes(count, type, 2);
  return collective([=](MPI_Request* r) { return PMPI_Iscan(data, into, count, type, op, comm, r); },
                    [=] { return "MPI_Scan(" + data_words(count, type) + ")"; });
}

int MPI_Exscan(const void* data, void* into, int count, MPI_Datatype type, MPI_Op op, MPI_Comm comm) {
  count_bytes(count, type, 2);
  return collective([=](MPI_Request* r) { return PMPI_Iexscan(data, into, count, type, op, comm, r); },
                    [=] { return "MPI_Exscan(" + data_words(count, type) + ")"; });
}

}  // extern "C"
