// Sends, receives and probes (MPI 3.1, chapter 3). Each is a request of the layer's (requests.hpp), waited for where the call blocks.
#include <mpi.h>

#include <unordered_map>

#include "harness/inside/mpiwatch/checks.hpp"
#include "harness/inside/mpiwatch/choices.hpp"
#include "harness/inside/mpiwatch/communicators.hpp"
#include "harness/inside/mpiwatch/current_case.hpp"
#include "harness/inside/mpiwatch/matching.hpp"
#include "harness/inside/mpiwatch/messages.hpp"
#include "harness/inside/mpiwatch/objects.hpp"
#include "harness/inside/mpiwatch/self.hpp"
#include "harness/inside/mpiwatch/types.hpp"
#include "harness/inside/mpiwatch/words.hpp"

using namespace lockstep::mpiwatch;

namespace {

Request* describe(const Site& site, RequestKind kind, SendMode mode, const void* data, int count, MPI_Datatype type, int peer, int tag, MPI_Comm comm) {
  Request* request = make_request();
  request->site = site;
  request->kind = kind;
  request->mode = mode;
  request->buffer = const_cast<void*>(data);
  request->count = count;
  request->type = type;
  request->peer = peer;
  request->tag = tag;
  request->comm = comm;
  return request;
}

int send_now(Request* request) {
  request->blocking = true;
  begin(*request);
  wait_for({request}, false, [=] { return words_of(*request); });
  const Site site = request->site;
  finish(*request, MPI_STATUS_IGNORE, site);
  return MPI_SUCCESS;
}

int receive_now(Request* request, MPI_Status* status) {
  request->blocking = true;
  begin(*request);
  wait_for({request}, false, [=] { return words_of(*request); });
  const Site site = request->site;
  finish(*request, status, site);
  return MPI_SUCCESS;
}

int begin_for_student(Request* described, MPI_Request* request) {
  keep_type(*described);
  begin(*described);
  *request = described->handle();
  return MPI_SUCCESS;
}

int prepare_for_student(Request* described, MPI_Request* request) {
  keep_type(*described);
  described->persistent = true;
  described->communicator = &communicator_of(described->comm);
  note_made(described, "request", described->site);
  *request = described->handle();
  return MPI_SUCCESS;
}

// A receive that only asks.
Operation question(const Site& site, int from, int tag, MPI_Comm comm) {
  const Communicator& communicator = communicator_of(comm);
  Operation made{};
  made.kind = OperationKind::probe;
  made.owner = static_cast<std::int16_t>(self().rank);
  made.peer = static_cast<std::int16_t>(from == MPI_ANY_SOURCE ? any_rank : communicator.peers[static_cast<std::size_t>(from)]);
  made.tag = tag == MPI_ANY_TAG ? any_tag : tag;
  made.communicator = communicator.id;
  made.members = communicator.peer_mask();
  made.site = site;
  return made;
}

int look_for_message(const Operation& asked, bool takes) {
  LockedWorld world;
  const int send = find_message(*world, asked);
  if (send == 0 || !takes) return send;
  take_message(*world, send);
  // At once: a rank that still seemed to wait for a message that is in the list no more would seem to wait for ever.
  world->ranks[self().rank].part = Part::running;
  return send;
}

int wait_for_message(Operation asked, bool takes, const std::string& words) {
  const int choice = asked.peer == any_rank ? apply_choice(asked) : 0;
  int send = look_for_message(asked, takes), posted = 0;
  if (send == 0) {
    {
      LockedWorld world;
      posted = post(*world, asked);
    }
    wait_until([&] { return send != 0 || (send = look_for_message(asked, takes)) != 0; }, [=] { return Awaited{{posted}}; }, [&] { return words; });
    LockedWorld world;
    withdraw(*world, posted);
    release(*world, posted);
  }
  if (choice != 0) note_received(choice, asked, shared().world.operations[send]);
  return send;
}

// Of a probe that does not wait. It has nothing to choose before there is a message; then it chooses as one that waits.
int look_for_choice(const Operation& asked, bool takes, const std::string& words) {
  return look_for_message(asked, false) != 0 ? wait_for_message(asked, takes, words) : 0;
}

// MPI_Message handles are the layer's own: the index of the message, and on which communicator.
struct Taken {
  int send;
  MPI_Comm comm;
};
std::unordered_map<MPI_Message, Taken>& taken() {
  static auto* all = new std::unordered_map<MPI_Message, Taken>;
  return *all;
}

MPI_Message note_taken(int send, MPI_Comm comm) {
  static std::intptr_t last = 0;
  const auto handle = reinterpret_cast<MPI_Message>(0x10000 + 16 * ++last);
  taken()[handle] = {send, comm};
  return handle;
}

void no_process_status(MPI_Status* status) {
  set_empty_status(status);
  if (status != MPI_STATUS_IGNORE) status->MPI_SOURCE = MPI_PROC_NULL;
}

std::string probe_words(const char* call, int from, int tag) { return std::string(call) + "(source=" + rank_words(from) + ", tag=" + tag_words(tag) + ")"; }

std::int64_t attached_bytes = -1;

Misuse check_mode(SendMode mode, int count, MPI_Datatype type) {
  if (mode != SendMode::buffered) return {};
  if (attached_bytes < 0) return {"no_buffer", "a buffered send needs a buffer: MPI_Buffer_attach comes first"};
  if (bytes_of(count, type) + MPI_BSEND_OVERHEAD > attached_bytes)
    return {"no_buffer", "the attached buffer has " + std::to_string(attached_bytes) + " bytes, and the message needs " +
                             std::to_string(bytes_of(count, type) + MPI_BSEND_OVERHEAD) + " with MPI_BSEND_OVERHEAD"};
  return {};
}

}  // namespace

extern "C" {

#define LOCKSTEP_SENDS_LATER(name, mode)                                                                                                             \
  int MPI_##name(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm, MPI_Request* request) {                             \
    const Site site = LOCKSTEP_SITE(count, type);                                                                                                    \
    enter(site);                                                                                                                                     \
    if (const Misuse misuse = check_send(data, count, type, to, tag, comm))                                                                          \
      return answer(misuse, site, comm, [=] { return PMPI_##name(data, count, type, to, tag, comm, request); });                                     \
    if (const Misuse misuse = check_mode(mode, count, type)) return answer(misuse, site, comm, [] { return MPI_ERR_BUFFER; });                       \
    return begin_for_student(describe(site, RequestKind::send, mode, data, count, type, to, tag, comm), request);                                    \
  }                                                                                                                                                  \
  static_assert(true)

#define LOCKSTEP_PREPARES_SENDS(name, mode)                                                                                                          \
  int MPI_##name(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm, MPI_Request* request) {                             \
    const Site site = LOCKSTEP_SITE(count, type);                                                                                                    \
    enter(site);                                                                                                                                     \
    if (const Misuse misuse = check_send(data, count, type, to, tag, comm))                                                                          \
      return answer(misuse, site, comm, [=] { return PMPI_##name(data, count, type, to, tag, comm, request); });                                     \
    return prepare_for_student(describe(site, RequestKind::send, mode, data, count, type, to, tag, comm), request);                                  \
  }                                                                                                                                                  \
  static_assert(true)

int MPI_Buffer_attach(void* buffer, int size) {
  const int rc = PMPI_Buffer_attach(buffer, size);
  if (rc == MPI_SUCCESS) attached_bytes = size;
  return rc;
}
int MPI_Buffer_detach(void* buffer, int* size) {
  attached_bytes = -1;
  return PMPI_Buffer_detach(buffer, size);
}

#define LOCKSTEP_SEND_NOW(name, mode)                                                                                          \
  int MPI_##name(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm) {                             \
    const Site site = LOCKSTEP_SITE(count, type);                                                                              \
    enter(site);                                                                                                               \
    if (const Misuse misuse = check_send(data, count, type, to, tag, comm))                                                    \
      return answer(misuse, site, comm, [=] { return PMPI_##name(data, count, type, to, tag, comm); });                        \
    if (const Misuse misuse = check_mode(mode, count, type)) return answer(misuse, site, comm, [] { return MPI_ERR_BUFFER; }); \
    return send_now(describe(site, RequestKind::send, mode, data, count, type, to, tag, comm));                                \
  }

LOCKSTEP_SEND_NOW(Send, SendMode::standard)
LOCKSTEP_SEND_NOW(Ssend, SendMode::synchronous)
LOCKSTEP_SEND_NOW(Rsend, SendMode::ready)
LOCKSTEP_SEND_NOW(Bsend, SendMode::buffered)
LOCKSTEP_SENDS_LATER(Isend, SendMode::standard);
LOCKSTEP_SENDS_LATER(Issend, SendMode::synchronous);
LOCKSTEP_SENDS_LATER(Irsend, SendMode::ready);
LOCKSTEP_SENDS_LATER(Ibsend, SendMode::buffered);
LOCKSTEP_PREPARES_SENDS(Send_init, SendMode::standard);
LOCKSTEP_PREPARES_SENDS(Ssend_init, SendMode::synchronous);
LOCKSTEP_PREPARES_SENDS(Rsend_init, SendMode::ready);
LOCKSTEP_PREPARES_SENDS(Bsend_init, SendMode::buffered);

int MPI_Irecv(void* data, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm, MPI_Request* request) {
  const Site site = LOCKSTEP_SITE(count, type);
  enter(site);
  if (const Misuse misuse = check_receive(data, count, type, from, tag, comm))
    return answer(misuse, site, comm, [=] { return PMPI_Irecv(data, count, type, from, tag, comm, request); });
  return begin_for_student(describe(site, RequestKind::receive, SendMode::standard, data, count, type, from, tag, comm), request);
}

int MPI_Recv_init(void* data, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm, MPI_Request* request) {
  const Site site = LOCKSTEP_SITE(count, type);
  enter(site);
  if (const Misuse misuse = check_receive(data, count, type, from, tag, comm))
    return answer(misuse, site, comm, [=] { return PMPI_Recv_init(data, count, type, from, tag, comm, request); });
  return prepare_for_student(describe(site, RequestKind::receive, SendMode::standard, data, count, type, from, tag, comm), request);
}

int MPI_Recv(void* data, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm, MPI_Status* status) {
  const Site site = LOCKSTEP_SITE(count, type);
  enter(site);
  if (const Misuse misuse = check_receive(data, count, type, from, tag, comm))
    return answer(misuse, site, comm, [=] { return PMPI_Recv(data, count, type, from, tag, comm, status); });
  return receive_now(describe(site, RequestKind::receive, SendMode::standard, data, count, type, from, tag, comm), status);
}

int MPI_Sendrecv(const void* data, int count, MPI_Datatype type, int to, int tag, void* into, int into_count, MPI_Datatype into_type, int from,
                 int into_tag, MPI_Comm comm, MPI_Status* status) {
  const Site site = LOCKSTEP_SITE(count, type);
  enter(site);
  Misuse misuse = check_send(data, count, type, to, tag, comm);
  if (!misuse) misuse = check_receive(into, into_count, into_type, from, into_tag, comm);
  if (misuse)
    return answer(misuse, site, comm, [=] { return PMPI_Sendrecv(data, count, type, to, tag, into, into_count, into_type, from, into_tag, comm, status); });
  Request* receive = describe(site, RequestKind::receive, SendMode::standard, into, into_count, into_type, from, into_tag, comm);
  Request* send = describe(site, RequestKind::send, SendMode::standard, data, count, type, to, tag, comm);
  receive->blocking = send->blocking = true;
  begin(*receive);
  begin(*send);
  wait_for({receive, send}, false, [=] {
    return send_words("MPI_Sendrecv", count, type, to, tag) + " and " + receive_words("receive", into_count, into_type, from, into_tag);
  });
  finish(*receive, status, site);
  finish(*send, MPI_STATUS_IGNORE, site);
  return MPI_SUCCESS;
}

int MPI_Sendrecv_replace(void* data, int count, MPI_Datatype type, int to, int tag, int from, int into_tag, MPI_Comm comm, MPI_Status* status) {
  const Site site = LOCKSTEP_SITE(count, type);
  enter(site);
  Misuse misuse = check_send(data, count, type, to, tag, comm);
  if (!misuse) misuse = check_receive(data, count, type, from, into_tag, comm);
  if (misuse) return answer(misuse, site, comm, [=] { return PMPI_Sendrecv_replace(data, count, type, to, tag, from, into_tag, comm, status); });
  // What is sent is taken from the buffer at once, as for any nonblocking send here, so what arrives may take its place.
  Request* send = describe(site, RequestKind::send, SendMode::standard, data, count, type, to, tag, comm);
  send->replaced = true;
  begin(*send);
  Request* receive = describe(site, RequestKind::receive, SendMode::standard, data, count, type, from, into_tag, comm);
  receive->blocking = true;
  begin(*receive);
  wait_for({receive, send}, false, [=] {
    return send_words("MPI_Sendrecv_replace", count, type, to, tag) + " and " + receive_words("receive", count, type, from, into_tag);
  });
  finish(*receive, status, site);
  finish(*send, MPI_STATUS_IGNORE, site);
  return MPI_SUCCESS;
}

int MPI_Probe(int from, int tag, MPI_Comm comm, MPI_Status* status) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  if (const Misuse misuse = check_probe(from, tag, comm)) return answer(misuse, site, comm, [=] { return PMPI_Probe(from, tag, comm, status); });
  if (from == MPI_PROC_NULL) return no_process_status(status), MPI_SUCCESS;
  const int send = wait_for_message(question(site, from, tag, comm), false, probe_words("MPI_Probe", from, tag));
  set_status_of(send, comm, status);
  return MPI_SUCCESS;
}

int MPI_Mprobe(int from, int tag, MPI_Comm comm, MPI_Message* message, MPI_Status* status) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  if (const Misuse misuse = check_probe(from, tag, comm))
    return answer(misuse, site, comm, [=] { return PMPI_Mprobe(from, tag, comm, message, status); });
  if (from == MPI_PROC_NULL) return *message = MPI_MESSAGE_NO_PROC, no_process_status(status), MPI_SUCCESS;
  const int send = wait_for_message(question(site, from, tag, comm), true, probe_words("MPI_Mprobe", from, tag));
  *message = note_taken(send, comm);
  set_status_of(send, comm, status);
  return MPI_SUCCESS;
}

int MPI_Iprobe(int from, int tag, MPI_Comm comm, int* flag, MPI_Status* status) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  if (const Misuse misuse = check_probe(from, tag, comm)) return answer(misuse, site, comm, [=] { return PMPI_Iprobe(from, tag, comm, flag, status); });
  *flag = 1;
  if (from == MPI_PROC_NULL) return no_process_status(status), MPI_SUCCESS;
  const int send = look_for_choice(question(site, from, tag, comm), false, probe_words("MPI_Iprobe", from, tag));
  if (send != 0) return set_status_of(send, comm, status), MPI_SUCCESS;
  *flag = 0;
  look_in_vain();
  return MPI_SUCCESS;
}

int MPI_Improbe(int from, int tag, MPI_Comm comm, int* flag, MPI_Message* message, MPI_Status* status) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  if (const Misuse misuse = check_probe(from, tag, comm))
    return answer(misuse, site, comm, [=] { return PMPI_Improbe(from, tag, comm, flag, message, status); });
  *flag = 1;
  if (from == MPI_PROC_NULL) return *message = MPI_MESSAGE_NO_PROC, no_process_status(status), MPI_SUCCESS;
  const int send = look_for_choice(question(site, from, tag, comm), true, probe_words("MPI_Improbe", from, tag));
  if (send != 0) return *message = note_taken(send, comm), set_status_of(send, comm, status), MPI_SUCCESS;
  *flag = 0;
  look_in_vain();
  return MPI_SUCCESS;
}

static Request* receive_taken(const Site& site, void* data, int count, MPI_Datatype type, MPI_Message* message) {
  if (*message == MPI_MESSAGE_NO_PROC) {
    *message = MPI_MESSAGE_NULL;
    Request* none = describe(site, RequestKind::receive, SendMode::standard, data, count, type, MPI_PROC_NULL, 0, MPI_COMM_SELF);
    return none;
  }
  const auto found = taken().find(*message);
  if (found == taken().end()) report_and_end("message_handle", own_words() + ": " + call_words(site) + ": the message handle is none, or was received before.");
  if (const Misuse misuse = check_data(data, count, type)) answer(misuse, site, MPI_COMM_NULL, [] { return MPI_ERR_OTHER; });
  Request* request = describe(site, RequestKind::receive, SendMode::standard, data, count, type, MPI_ANY_SOURCE, MPI_ANY_TAG, found->second.comm);
  request->taken = found->second.send;
  taken().erase(found);
  *message = MPI_MESSAGE_NULL;
  return request;
}

int MPI_Mrecv(void* data, int count, MPI_Datatype type, MPI_Message* message, MPI_Status* status) {
  const Site site = LOCKSTEP_SITE(count, type);
  enter(site);
  return receive_now(receive_taken(site, data, count, type, message), status);
}

int MPI_Imrecv(void* data, int count, MPI_Datatype type, MPI_Message* message, MPI_Request* request) {
  const Site site = LOCKSTEP_SITE(count, type);
  enter(site);
  return begin_for_student(receive_taken(site, data, count, type, message), request);
}

}  // extern "C"
