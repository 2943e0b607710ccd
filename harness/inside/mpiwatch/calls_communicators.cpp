// Calls that make communicators. They have no nonblocking twin, but every rank of the old communicator must come before any can leave
// (MPI 3.1, 6.4), so a nonblocking barrier stands in front of each: who waits for a rank that never comes waits there, where it can be seen.
#include <mpi.h>

#include <string>

#include "harness/inside/mpiwatch/blocking.hpp"

using namespace lockstep::mpiwatch;

namespace {

int meet(MPI_Comm comm, const char* call) {
  MPI_Request request = MPI_REQUEST_NULL;
  int between = 0;
  if (comm == MPI_COMM_NULL || PMPI_Comm_test_inter(comm, &between) != MPI_SUCCESS || between)
    return MPI_SUCCESS;  // the call itself says what is wrong
  const int rc = PMPI_Ibarrier(comm, &request);
  return finish(rc, request, MPI_STATUS_IGNORE, [=] { return std::string(call) + "()"; });
}

}  // namespace

extern "C" {

int MPI_Comm_dup(MPI_Comm comm, MPI_Comm* made) {
  const int rc = meet(comm, "MPI_Comm_dup");
  return rc != MPI_SUCCESS ? rc : PMPI_Comm_dup(comm, made);
}

int MPI_Comm_split(MPI_Comm comm, int color, int key, MPI_Comm* made) {
  const int rc = meet(comm, "MPI_Comm_split");
  return rc != MPI_SUCCESS ? rc : PMPI_Comm_split(comm, color, key, made);
}

int MPI_Comm_split_type(MPI_Comm comm, int type, int key, MPI_Info info, MPI_Comm* made) {
  const int rc = meet(comm, "MPI_Comm_split_type");
  return rc != MPI_SUCCESS ? rc : PMPI_Comm_split_type(comm, type, key, info, made);
}

int MPI_Comm_create(MPI_Comm comm, MPI_Group group, MPI_Comm* made) {
  const int rc = meet(comm, "MPI_Comm_create");
  return rc != MPI_SUCCESS ? rc : PMPI_Comm_create(comm, group, made);
}

int MPI_Cart_create(MPI_Comm comm, int dimensions, const int sizes[], const int periodic[], int reorder, MPI_Comm* made) {
  const int rc = meet(comm, "MPI_Cart_create");
  return rc != MPI_SUCCESS ? rc : PMPI_Cart_create(comm, dimensions, sizes, periodic, reorder, made);
}

}  // extern "C"
