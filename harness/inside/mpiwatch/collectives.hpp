// Collective calls: all members of a communicator make the same ones in the same order (MPI 3.1, 5.1). Each is compared with what came first before
// the library is called, and waits until all have come: a program that needs more than that, or less, is not right (5.14).
#pragma once

#include <mpi.h>

#include <functional>
#include <vector>

#include "harness/inside/mpiwatch/communicators.hpp"
#include "harness/inside/mpiwatch/requests.hpp"

namespace lockstep::mpiwatch {

// What of a call must fit what the others say.
struct Shape {
  int root = -1;                  // by rank in the communicator; -1: the call has none
  MPI_Op op = MPI_OP_NULL;        // MPI_OP_NULL: it has none
  bool has_data = false;          // `data` is the same on all ranks
  Signature data{};
  bool in_pairs = false;          // amounts that fit between pairs; by rank in the communicator
  Kind sent_kind = Kind::none, expected_kind = Kind::none;  // Kind::other: not compared
  std::vector<std::int64_t> sent, expected;                 // elements; -1: not said
};

// Announces this rank's call and compares it. Returns the index of the meeting.
int arrive(const Site& site, Communicator& communicator, const Shape& shape, bool blocking);
bool has_everybody(int meeting);
void leave(int meeting);

// Waits for the others; then `library` makes the call.
int meet(const Site& site, MPI_Comm comm, const Shape& shape, const std::function<int()>& library, const std::string& words);
int meet(const Site& site, Communicator& communicator, const Shape& shape, const std::function<int()>& library, const std::string& words);
// Of a nonblocking call: the request is complete when all have come and the library is done.
int meet_later(const Site& site, MPI_Comm comm, const Shape& shape, const std::function<int(MPI_Request*)>& library, MPI_Request* request);

}  // namespace lockstep::mpiwatch
