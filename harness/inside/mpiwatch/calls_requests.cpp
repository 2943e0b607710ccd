// Waits for requests: tests of them, repeated (blocking.hpp). MPI_Test and its kin themselves are counted, so that others can see that this rank
// looks for messages.
#include <mpi.h>

#include <algorithm>
#include <vector>

#include "harness/inside/mpiwatch/blocking.hpp"
#include "harness/inside/mpiwatch/words.hpp"

using namespace lockstep::mpiwatch;

namespace {

// The requests as they were before a call: those that it completed are MPI_REQUEST_NULL after it (or inactive, if persistent).
class Before {
 public:
  Before(int count, const MPI_Request requests[]) : were_(requests, requests + std::max(count, 0)) {}
  void forget_completed(const MPI_Request requests[]) const {
    for (std::size_t i = 0; i < were_.size(); ++i)
      if (requests[i] == MPI_REQUEST_NULL && were_[i] != MPI_REQUEST_NULL) forget_request(were_[i]);
  }

 private:
  std::vector<MPI_Request> were_;
};

}  // namespace

extern "C" {

int MPI_Wait(MPI_Request* request, MPI_Status* status) {
  const MPI_Request was = *request;
  const int rc = block([=](int* flag) { return PMPI_Test(request, flag, status); }, [=] { return "MPI_Wait(" + request_words(was) + ")"; });
  if (*request == MPI_REQUEST_NULL) forget_request(was);
  return rc;
}

int MPI_Waitall(int count, MPI_Request requests[], MPI_Status statuses[]) {
  const Before before(count, requests);
  const int rc = block([=](int* flag) { return PMPI_Testall(count, requests, flag, statuses); },
                       [=] { return "MPI_Waitall(" + requests_words(count, requests) + ")"; });
  before.forget_completed(requests);
  return rc;
}

int MPI_Waitany(int count, MPI_Request requests[], int* index, MPI_Status* status) {
  const Before before(count, requests);
  const int rc = block([=](int* flag) { return PMPI_Testany(count, requests, index, flag, status); },
                       [=] { return "MPI_Waitany(" + requests_words(count, requests) + ")"; });
  before.forget_completed(requests);
  return rc;
}

int MPI_Waitsome(int count, MPI_Request requests[], int* completed, int indices[], MPI_Status statuses[]) {
  const Before before(count, requests);
  const int rc = block(
      [=](int* flag) {
        const int tested = PMPI_Testsome(count, requests, completed, indices, statuses);
        *flag = *completed != 0;  // MPI_UNDEFINED: none is active, and MPI_Waitsome returns at once too
        return tested;
      },
      [=] { return "MPI_Waitsome(" + requests_words(count, requests) + ")"; });
  before.forget_completed(requests);
  return rc;
}

int MPI_Test(MPI_Request* request, int* flag, MPI_Status* status) {
  const MPI_Request was = *request;
  const int rc = PMPI_Test(request, flag, status);
  if (rc == MPI_SUCCESS && !*flag) count_look();
  if (*request == MPI_REQUEST_NULL) forget_request(was);
  return rc;
}

int MPI_Testall(int count, MPI_Request requests[], int* flag, MPI_Status statuses[]) {
  const Before before(count, requests);
  const int rc = PMPI_Testall(count, requests, flag, statuses);
  if (rc == MPI_SUCCESS && !*flag) count_look();
  before.forget_completed(requests);
  return rc;
}

int MPI_Testany(int count, MPI_Request requests[], int* index, int* flag, MPI_Status* status) {
  const Before before(count, requests);
  const int rc = PMPI_Testany(count, requests, index, flag, status);
  if (rc == MPI_SUCCESS && !*flag) count_look();
  before.forget_completed(requests);
  return rc;
}

int MPI_Testsome(int count, MPI_Request requests[], int* completed, int indices[], MPI_Status statuses[]) {
  const Before before(count, requests);
  const int rc = PMPI_Testsome(count, requests, completed, indices, statuses);
  if (rc == MPI_SUCCESS && *completed == 0) count_look();
  before.forget_completed(requests);
  return rc;
}

int MPI_Request_free(MPI_Request* request) {
  forget_request(*request);
  return PMPI_Request_free(request);
}

}  // extern "C"
