// The life of a message: it is posted in the shared world, which decides what meets what; the library carries the data, between ranks of the layer's
// own communicator, under a tag that only this pair has.
#pragma once

#include <mpi.h>

#include <string>

#include "harness/inside/mpiwatch/blocking.hpp"
#include "harness/inside/mpiwatch/requests.hpp"

namespace lockstep::mpiwatch {

// Begins what the request describes (kind, mode, buffer, count, type, peer, tag, comm, site). It is active then.
void begin(Request& request);

bool is_complete(Request& request);                        // moves it on, too
void finish(Request& request, MPI_Status* status, const Site& by);  // hands over what a complete one brought; the request is used up, or inactive
void advance_all();

// For what uses the student's memory: nothing that is under way may share it; when it is complete the memory must still be as it was.
void check_overlap(const Request& request);
void check_buffer(const Request& request, const Site& by);

// Waits for all of the requests (or one) and says so in `words`.
void wait_for(const std::vector<Request*>& requests, bool any, const Words& words);

std::string words_of(const Request& request);  // "MPI_Isend(3 x MPI_INT, dest=1, tag=0)"
void set_empty_status(MPI_Status* status);     // MPI 3.1, 3.7.3

// A message that is there, as a status tells of it. `send`: its index in the world.
void set_status_of(int send, const MPI_Comm comm, MPI_Status* status);

}  // namespace lockstep::mpiwatch
