// Requests. The handles that the student's program gets are the layer's own, so that each use of one can be checked; those of calls that the
// layer does not model are the library's and pass through.
#pragma once

#include <mpi.h>

#include <cstdint>
#include <vector>

#include "harness/inside/mpiwatch/world.hpp"

namespace lockstep::mpiwatch {

struct Communicator;

enum class RequestKind : std::uint8_t { send, receive, collective, access };  // access: a buffer of a one-sided operation (windows.hpp)
enum class RequestState : std::uint8_t { inactive, active, retired };
enum class SendMode : std::uint8_t { standard, synchronous, buffered, ready };

struct Request {
  RequestKind kind = RequestKind::send;
  RequestState state = RequestState::inactive;
  SendMode mode = SendMode::standard;
  bool persistent = false;
  bool freed = false;         // by MPI_Request_free while it was active
  bool blocking = false;      // of a blocking call: its buffer is the library's until the call returns
  bool cancelled = false;
  bool given_away = false;    // buffered: complete for its owner from the beginning
  bool replaced = false;      // MPI_Sendrecv_replace: what arrives takes the place of what was sent
  int taken = 0;              // a receive of the message that MPI_Mprobe took
  int choice = 0;             // number of a receive from anybody
  int operation = 0;          // in the world; 0: none (MPI_PROC_NULL)
  int meeting = 0;            // a collective in the world
  bool under_way = false;     // the library's part has begun
  bool arrived = false;       // and is over: the data are here
  bool writes = false;        // an access that fills the buffer
  std::uint32_t number = 0;   // of the access; 0: it is over, though its request may be still to be waited for
  MPI_Win window = MPI_WIN_NULL;
  MPI_Request library = MPI_REQUEST_NULL;
  void* buffer = nullptr;
  int count = 0;
  MPI_Datatype type = MPI_DATATYPE_NULL;
  bool own_type = false;      // a duplicate of ours: the student may free theirs meanwhile
  int peer = 0;               // as the student said it
  int tag = 0;
  MPI_Comm comm = MPI_COMM_NULL;
  const Communicator* communicator = nullptr;  // stays when the handle is freed
  std::vector<char> copy;     // what is sent, or what has come, packed
  std::uint64_t hash = 0;     // of the buffer when the call began
  bool watched = false;       // `hash` counts
  Site site{};
  Site retired_at{};          // the call that completed it

  bool only_reads() const { return kind == RequestKind::send || (kind == RequestKind::access && !writes); }
  MPI_Request handle() { return reinterpret_cast<MPI_Request>(this); }
};

Request* make_request();
// Null if the handle is not the layer's: MPI_REQUEST_NULL, or the library's own.
Request* request_of(MPI_Request handle);
void retire(Request& request, const Site& by);  // complete and not persistent: the handle is used up
void discard(Request& request);                 // of a blocking call

// The student may free a type while a message of it is under way.
void keep_type(Request& request);
void give_up_type(Request& request);

const std::vector<Request*>& live_requests();  // active, in the order of their beginning
void note_active(Request& request);
void note_inactive(Request& request);

}  // namespace lockstep::mpiwatch
