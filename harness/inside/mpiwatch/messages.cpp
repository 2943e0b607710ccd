#include "harness/inside/mpiwatch/messages.hpp"

#include <atomic>
#include <cstring>
#include <list>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/mpiwatch/buffers.hpp"
#include "harness/inside/mpiwatch/choices.hpp"
#include "harness/inside/mpiwatch/clocks.hpp"
#include "harness/inside/mpiwatch/collectives.hpp"
#include "harness/inside/mpiwatch/communicators.hpp"
#include "harness/inside/mpiwatch/current_case.hpp"
#include "harness/inside/mpiwatch/findings.hpp"
#include "harness/inside/mpiwatch/matching.hpp"
#include "harness/inside/mpiwatch/self.hpp"
#include "harness/inside/mpiwatch/site.hpp"
#include "harness/inside/mpiwatch/types.hpp"
#include "harness/inside/mpiwatch/window_waits.hpp"
#include "harness/inside/mpiwatch/windows.hpp"
#include "harness/inside/mpiwatch/words.hpp"

namespace lockstep::mpiwatch {
namespace {

constexpr std::uint64_t library_buffers = 4000;  // bytes of a message that Open MPI's shared-memory transport takes over at once

// Messages whose sender has gone on: what they carry stays until it is delivered.
struct Carried {
  std::vector<char> data;
  MPI_Request library;
};
std::list<Carried>& carried() {
  static auto* all = new std::list<Carried>;
  return *all;
}

std::uint64_t& own_clock() { return shared().world.ranks[self().rank].clock; }  // only this rank writes it

bool is_matched(int operation) {
  return std::atomic_ref(shared().world.operations[operation].state).load(std::memory_order_acquire) == OperationState::matched;
}

Operation describe(const Request& request, OperationKind kind) {
  const Communicator& communicator = *request.communicator;
  Operation made{};
  made.kind = kind;
  made.owner = static_cast<std::int16_t>(self().rank);
  made.peer = static_cast<std::int16_t>(request.peer == MPI_ANY_SOURCE ? any_rank : communicator.peers[static_cast<std::size_t>(request.peer)]);
  made.tag = request.tag == MPI_ANY_TAG && kind != OperationKind::send ? any_tag : request.tag;
  made.communicator = communicator.id;
  made.members = communicator.peer_mask();
  made.bytes = static_cast<std::uint64_t>(bytes_of(request.count, request.type));
  made.clock = own_clock();
  made.signature = signature_of(request.count, request.type);
  made.site = request.site;
  made.complete_when_posted = request.given_away;
  made.could_be_buffered = kind == OperationKind::send && request.mode == SendMode::standard && made.bytes <= library_buffers;
  return made;
}

// What a rank knows of accesses to windows (world.hpp) travels with its messages, and with their acknowledgements.
void note_order(World& world, int operation) {
  if (world.has_windows) world.operation_orders[operation] = world.orders[self().rank];
}

void learn_from(int operation) {
  if (!shared().world.has_windows) return;
  LockedWorld world;
  add(world->orders[self().rank], world->operation_orders[operation]);
}

int post_or_give_up(const Operation& operation) {
  LockedWorld world;
  const int index = post(*world, operation);
  if (index == 0) {
    channel::emit_fault("more messages are open at a time than the grader keeps track of");
    report_and_end("too_many", "More than " + std::to_string(most_operations) + " messages are open at a time.");
  }
  note_order(*world, index);
  return index;
}

void copy_out(Request& request) {
  int size = 0, packed = 0;
  PMPI_Pack_size(request.count, request.type, self().world, &size);
  request.copy.resize(static_cast<std::size_t>(size) + 1);
  PMPI_Pack(request.buffer, request.count, request.type, request.copy.data(), size, &packed, self().world);
  request.copy.resize(static_cast<std::size_t>(packed) + 1);
}

void begin_send(Request& request) {
  Slot& slot = own_slot();
  const std::int64_t bytes = bytes_of(request.count, request.type);
  ++slot.sent;
  slot.sent_long += cost_of(static_cast<std::uint64_t>(bytes));
  slot.sent_bytes += static_cast<std::uint64_t>(bytes);
  own_clock() = after_sending(own_clock(), static_cast<std::uint64_t>(bytes));
  request.given_away = request.mode == SendMode::buffered || (request.mode == SendMode::standard && self().buffered && static_cast<std::uint64_t>(bytes) <= library_buffers);
  const bool copies = !request.blocking || request.given_away;
  if (copies) {
    request.hash = hash_of(request.buffer, request.count, request.type, request.watched);
    copy_out(request);
  }
  request.operation = post_or_give_up(describe(request, OperationKind::send));
  const Operation& operation = shared().world.operations[request.operation];
  if (request.mode == SendMode::ready && !is_matched(request.operation))
    report("ready_send", own_words() + ": " + words_of(request) + " comes before its receive. A ready send is allowed only when the receive has begun.");
  const void* data = copies ? request.copy.data() : request.buffer;
  const int count = copies ? static_cast<int>(request.copy.size()) - 1 : request.count;
  PMPI_Isend(data, count, copies ? MPI_PACKED : request.type, operation.peer, operation.transfer, self().world, &request.library);
  request.under_way = true;
  if (!request.given_away) return;
  carried().push_back({std::move(request.copy), request.library});
  request.library = MPI_REQUEST_NULL;
  request.arrived = true;
}

void begin_receive(Request& request) {
  if (!request.blocking) {
    request.hash = hash_of(request.buffer, request.count, request.type, request.watched);
    close_to_student(request);
  }
  if (request.taken == 0) {
    Operation receive = describe(request, OperationKind::receive);
    request.choice = receive.peer == any_rank ? apply_choice(receive) : 0;
    request.operation = post_or_give_up(receive);
    return;
  }
  LockedWorld world;
  request.operation = match_taken(*world, describe(request, OperationKind::receive), request.taken);
  note_order(*world, request.operation);
}

// The two ends of a message, before its data move.
void check_ends(const Request& request, const Operation& send, const Operation& receive) {
  const std::string from = rank_of_world(send.owner) + "'s " + in_words(send.site) + place_words(send.site);
  if (send.bytes > receive.bytes)
    report_and_end("truncation", own_words() + ": the message of " + from + " has " + std::to_string(send.bytes) + " bytes, and " + words_of(request) +
                                     place_words(request.site) + " has room for " + std::to_string(receive.bytes) + ".");
  if (compare(send.signature, receive.signature) == Fit::other_type)
    report_at("type_mismatch", own_words() + ": " + words_of(request) + " receives " + in_words(receive.signature) + ", but " + from + " has sent " +
                                   in_words(send.signature) + ".", request.site);
}

void start_transfer(Request& request) {
  const World& world = shared().world;
  const Operation& receive = world.operations[request.operation];
  const Operation& send = world.operations[receive.partner];
  check_ends(request, send, receive);
  note_received(request.choice, receive, send);
  own_slot().received_bytes += send.bytes;
  if (request.blocking) {
    PMPI_Irecv(request.buffer, request.count, request.type, send.owner, send.transfer, self().world, &request.library);
  } else {
    request.copy.resize(send.bytes + 1);
    PMPI_Irecv(request.copy.data(), static_cast<int>(send.bytes), MPI_PACKED, send.owner, send.transfer, self().world, &request.library);
  }
  request.under_way = true;
}

void unpack(Request& request, std::uint64_t bytes) {
  const Type& type = type_of(request.type);
  if (bytes == 0 || type.size == 0) return;
  if (!is_readable(request.buffer, 1)) return;  // said already
  if (type.contiguous) {
    std::memcpy(static_cast<char*>(request.buffer) + type.lower, request.copy.data(), bytes);
    return;
  }
  int position = 0;
  PMPI_Unpack(request.copy.data(), static_cast<int>(bytes), &position, request.buffer, static_cast<int>(bytes / static_cast<std::uint64_t>(type.size)),
              request.type, self().world);
}

void fill(MPI_Status* status, int source, int tag, std::uint64_t bytes, bool cancelled) {
  if (status == MPI_STATUS_IGNORE) return;
  status->MPI_SOURCE = source;
  status->MPI_TAG = tag;
  PMPI_Status_set_elements_x(status, MPI_BYTE, static_cast<MPI_Count>(bytes));
  PMPI_Status_set_cancelled(status, cancelled ? 1 : 0);
}

}  // namespace

void check_overlap(const Request& request) {
  const Request* other = find_overlap(request);
  if (other == nullptr) return;
  report_and_end("overlapping_buffers", own_words() + ": " + words_of(request) + " uses memory that " + words_of(*other) + place_words(other->site) +
                                            " is still using: what arrives would overwrite it.");
}

void check_buffer(const Request& request, const Site& by) {
  if (request.blocking || !request.watched || request.replaced || request.count == 0) return;
  bool known = false;
  const std::uint64_t now = hash_of(request.buffer, request.count, request.type, known);
  const bool send = request.only_reads();
  const std::string beginning = own_words() + ": the buffer of " + words_of(request) + place_words(request.site);
  if (!known)
    report_at("buffer_gone", beginning + " no longer exists when " + by.call + place_words(by) + " completes it.", request.site);
  else if (now != request.hash)
    report_at(send ? "send_buffer_changed" : "receive_buffer_touched",
              beginning + (send ? " was changed before " : " was written to before ") + by.call + place_words(by) +
                  " had completed it: until then it belongs to the library.",
              request.site);
}

void begin(Request& request) {
  request.under_way = request.arrived = request.cancelled = false;
  request.communicator = &communicator_of(request.comm);
  request.operation = 0;
  if (current_case().open()) own_slot().entered = current_case().turn;
  if (request.peer == MPI_PROC_NULL) {
    request.arrived = true;
  } else {
    if (!request.replaced) check_overlap(request);
    if (request.kind == RequestKind::send)
      begin_send(request);
    else
      begin_receive(request);
  }
  note_active(request);
}

bool is_complete(Request& request) {
  if (request.arrived) return true;
  if (request.kind == RequestKind::collective) {
    if (!has_everybody(request.meeting)) return false;
    int flag = 0;
    PMPI_Test(&request.library, &flag, MPI_STATUS_IGNORE);
    return request.arrived = flag != 0;
  }
  if (request.kind == RequestKind::access) {
    if (request.library == MPI_REQUEST_NULL) return false;
    int flag = 0;
    PMPI_Test(&request.library, &flag, MPI_STATUS_IGNORE);
    return request.arrived = flag != 0;
  }
  if (!is_matched(request.operation)) return false;
  if (request.kind == RequestKind::receive && !request.under_way) start_transfer(request);
  int flag = 0;
  PMPI_Test(&request.library, &flag, MPI_STATUS_IGNORE);
  return request.arrived = flag != 0;
}

void advance_all() {
  // A copy: what completes may change the list.
  const std::vector<Request*> live = live_requests();
  for (Request* request : live)
    if (is_complete(*request) && request->freed) finish(*request, MPI_STATUS_IGNORE, request->site);
  for (auto one = carried().begin(); one != carried().end();) {
    int flag = 0;
    PMPI_Test(&one->library, &flag, MPI_STATUS_IGNORE);
    one = flag ? carried().erase(one) : std::next(one);
  }
}

void finish(Request& request, MPI_Status* status, const Site& by) {
  if (request.kind == RequestKind::collective) leave(request.meeting);
  if (request.kind == RequestKind::access) finish_access(request, by);
  if (request.operation == 0) {
    if (request.kind == RequestKind::receive && request.peer == MPI_PROC_NULL)
      fill(status, MPI_PROC_NULL, MPI_ANY_TAG, 0, false);
    else
      set_empty_status(status);
  } else {
    const World& world = shared().world;
    const Operation& own = world.operations[request.operation];
    if (request.kind == RequestKind::receive) open_to_student(request);
    if (!request.given_away) check_buffer(request, by);
    if (request.cancelled) {
      fill(status, MPI_ANY_SOURCE, MPI_ANY_TAG, 0, true);
    } else if (request.kind == RequestKind::send) {
      if (own.state == OperationState::matched) learn_from(own.partner);
      if (own.state == OperationState::matched)
        own_clock() = after_acknowledgement(own_clock(), own.clock, world.operations[own.partner].clock, own.bytes);
      set_empty_status(status);
    } else {
      const Operation& send = world.operations[own.partner];
      if (!request.blocking) unpack(request, send.bytes);
      learn_from(own.partner);
      own_clock() = after_receiving(own_clock(), send.clock, send.bytes);
      fill(status, request.communicator->peer_of_world(send.owner), send.tag, send.bytes, false);
    }
    LockedWorld locked;
    release(*locked, request.operation);
    request.operation = 0;
  }
  if (!request.persistent) give_up_type(request);
  if (request.persistent && !request.freed)
    note_inactive(request);
  else if (request.blocking)
    discard(request);
  else
    retire(request, by);
}

void wait_for(const std::vector<Request*>& requests, bool any, const Words& words) {
  const auto done = [&] {
    bool all = true, one = false;
    for (Request* request : requests) {
      const bool complete = is_complete(*request);
      all = all && complete;
      one = one || complete;
    }
    return any ? one : all;
  };
  const auto awaited = [&] {
    Awaited result{{}, any};
    for (const Request* request : requests)
      if (!request->arrived) result.items.push_back(request->kind == RequestKind::collective ? -request->meeting : request->operation);
    return result;
  };
  wait_until(done, awaited, words);
}

std::string words_of(const Request& request) {
  if (request.kind == RequestKind::collective) return in_words(request.site);
  if (request.kind == RequestKind::access)
    return std::string(request.site.call) + "(" + data_words(request.count, request.type) + ", target=" + rank_words(request.peer) + ")";
  return request.kind == RequestKind::send ? send_words(request.site.call, request.count, request.type, request.peer, request.tag)
                                           : receive_words(request.site.call, request.count, request.type, request.peer, request.tag);
}

void set_empty_status(MPI_Status* status) { fill(status, MPI_ANY_SOURCE, MPI_ANY_TAG, 0, false); }

void set_status_of(int send, const MPI_Comm comm, MPI_Status* status) {
  const Operation& message = shared().world.operations[send];
  learn_from(send);
  fill(status, communicator_of(comm).peer_of_world(message.owner), message.tag, message.bytes, false);
}

}  // namespace lockstep::mpiwatch
