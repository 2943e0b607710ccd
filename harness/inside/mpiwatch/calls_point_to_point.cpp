// Blocking sends, receives and probes. Each is its nonblocking twin, waited for (blocking.hpp): by MPI 3.1, 3.7, the twin starts the same
// operation in the same mode and completes under the same condition, so results, statuses and errors are those of the call.
#include <mpi.h>

#include <vector>

#include "harness/inside/mpiwatch/blocking.hpp"
#include "harness/inside/mpiwatch/words.hpp"

using namespace lockstep::mpiwatch;

namespace {

using StartSend = int (*)(const void*, int, MPI_Datatype, int, int, MPI_Comm, MPI_Request*);

int send_by(StartSend start, const char* call, const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm) {
  count_bytes(count, type);
  MPI_Request request = MPI_REQUEST_NULL;
  const int rc = start(data, count, type, to, tag, comm, &request);
  return finish(rc, request, MPI_STATUS_IGNORE, [=] { return send_words(call, count, type, to, tag); });
}

int start_send_by(StartSend start, const char* call, const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm,
                  MPI_Request* request) {
  count_bytes(count, type);
  const int rc = start(data, count, type, to, tag, comm, request);
  if (rc == MPI_SUCCESS) note_request(*request, send_words(call, count, type, to, tag));
  return rc;
}

// Receives `request`, already started, while sending; both halves of a call that does both.
int exchange(int send_rc, MPI_Request send, MPI_Request receive, MPI_Status* status, const Words& words) {
  if (send_rc != MPI_SUCCESS) {
    PMPI_Cancel(&receive);
    PMPI_Wait(&receive, MPI_STATUS_IGNORE);
    return send_rc;
  }
  MPI_Request both[2] = {receive, send};
  MPI_Status statuses[2];
  const int rc = block([&](int* flag) { return PMPI_Testall(2, both, flag, statuses); }, words);
  if (rc == MPI_ERR_IN_STATUS) return statuses[0].MPI_ERROR != MPI_SUCCESS ? statuses[0].MPI_ERROR : statuses[1].MPI_ERROR;
  if (status != MPI_STATUS_IGNORE) *status = statuses[0];
  return rc;
}

}  // namespace

extern "C" {

int MPI_Send(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm) {
  return send_by(PMPI_Isend, "MPI_Send", data, count, type, to, tag, comm);
}
int MPI_Ssend(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm) {
  return send_by(PMPI_Issend, "MPI_Ssend", data, count, type, to, tag, comm);
}
int MPI_Rsend(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm) {
  return send_by(PMPI_Irsend, "MPI_Rsend", data, count, type, to, tag, comm);
}

int MPI_Isend(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm, MPI_Request* request) {
  return start_send_by(PMPI_Isend, "MPI_Isend", data, count, type, to, tag, comm, request);
}
int MPI_Issend(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm, MPI_Request* request) {
  return start_send_by(PMPI_Issend, "MPI_Issend", data, count, type, to, tag, comm, request);
}
int MPI_Irsend(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm, MPI_Request* request) {
  return start_send_by(PMPI_Irsend, "MPI_Irsend", data, count, type, to, tag, comm, request);
}

int MPI_Irecv(void* data, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm, MPI_Request* request) {
  count_bytes(count, type);
  const int rc = PMPI_Irecv(data, count, type, from, tag, comm, request);
  if (rc == MPI_SUCCESS) note_request(*request, receive_words("MPI_Irecv", count, type, from, tag));
  return rc;
}

int MPI_Recv(void* data, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm, MPI_Status* status) {
  count_bytes(count, type);
  MPI_Request request = MPI_REQUEST_NULL;
  const int rc = PMPI_Irecv(data, count, type, from, tag, comm, &request);
  return finish(rc, request, status, [=] { return receive_words("MPI_Recv", count, type, from, tag); });
}

int MPI_Mrecv(void* data, int count, MPI_Datatype type, MPI_Message* message, MPI_Status* status) {
  count_bytes(count, type);
  MPI_Request request = MPI_REQUEST_NULL;
  const int rc = PMPI_Imrecv(data, count, type, message, &request);
  return finish(rc, request, status, [=] { return "MPI_Mrecv(at most " + data_words(count, type) + ")"; });
}

int MPI_Probe(int from, int tag, MPI_Comm comm, MPI_Status* status) {
  return block([=](int* flag) { return PMPI_Iprobe(from, tag, comm, flag, status); },
               [=] { return "MPI_Probe(source=" + rank_words(from) + ", tag=" + tag_words(tag) + ")"; });
}

int MPI_Mprobe(int from, int tag, MPI_Comm comm, MPI_Message* message, MPI_Status* status) {
  return block([=](int* flag) { return PMPI_Improbe(from, tag, comm, flag, message, status); },
               [=] { return "MPI_Mprobe(source=" + rank_words(from) + ", tag=" + tag_words(tag) + ")"; });
}

int MPI_Iprobe(int from, int tag, MPI_Comm comm, int* flag, MPI_Status* status) {
  const int rc = PMPI_Iprobe(from, tag, comm, flag, status);
  if (rc == MPI_SUCCESS && !*flag) count_look();
  return rc;
}

int MPI_Improbe(int from, int tag, MPI_Comm comm, int* flag, MPI_Message* message, MPI_Status* status) {
  const int rc = PMPI_Improbe(from, tag, comm, flag, message, status);
  if (rc == MPI_SUCCESS && !*flag) count_look();
  return rc;
}

int MPI_Sendrecv(const void* data, int count, MPI_Datatype type, int to, int tag, void* into, int into_count, MPI_Datatype into_type, int from,
                 int into_tag, MPI_Comm comm, MPI_Status* status) {
  count_bytes(count, type);
  count_bytes(into_count, into_type);
  MPI_Request receive = MPI_REQUEST_NULL, send = MPI_REQUEST_NULL;
  const int rc = PMPI_Irecv(into, into_count, into_type, from, into_tag, comm, &receive);
  if (rc != MPI_SUCCESS) return rc;
  const int send_rc = PMPI_Isend(data, count, type, to, tag, comm, &send);
  return exchange(send_rc, send, receive, status, [=] {
    return send_words("MPI_Sendrecv", count, type, to, tag) + " and " + receive_words("receive", into_count, into_type, from, into_tag);
  });
}

int MPI_Sendrecv_replace(void* data, int count, MPI_Datatype type, int to, int tag, int from, int into_tag, MPI_Comm comm, MPI_Status* status) {
  count_bytes(count, type, 2);
  // What is sent is a packed copy; MPI_PACKED matches every type (MPI 3.1, 4.2).
  int size = 0, packed = 0;
  int rc = PMPI_Pack_size(count, type, comm, &size);
  if (rc != MPI_SUCCESS) return rc;
  std::vector<char> copy(static_cast<std::size_t>(size));
  if (to != MPI_PROC_NULL) rc = PMPI_Pack(data, count, type, copy.data(), size, &packed, comm);
  if (rc != MPI_SUCCESS) return rc;
  MPI_Request receive = MPI_REQUEST_NULL, send = MPI_REQUEST_NULL;
  rc = PMPI_Irecv(data, count, type, from, into_tag, comm, &receive);
  if (rc != MPI_SUCCESS) return rc;
  const int send_rc = PMPI_Isend(copy.data(), packed, MPI_PACKED, to, tag, comm, &send);
  return exchange(send_rc, send, receive, status, [=] {
    return send_words("MPI_Sendrecv_replace", count, type, to, tag) + " and " + receive_words("receive", count, type, from, into_tag);
  });
}

}  // extern "C"
