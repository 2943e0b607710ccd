// How a blocking MPI call of the student's waits: its nonblocking twin is started, and tested until it is complete. So a rank that waits can be
// seen from outside, and can look at the others.
#pragma once

#include <mpi.h>

#include <cstddef>
#include <functional>
#include <string>

#include "harness/inside/mpiwatch/shared_state.hpp"

namespace lockstep::mpiwatch {

void set_world_rank(int rank, MPI_Comm world);  // once, before any case; `world` is the harness' own communicator
Slot& own_slot();
void set_state(State state);
void let_mpi_progress();

// A twin that has been started is complete when `test` sets `*flag`; `test` returns an MPI error code, and an error ends the wait too.
using Test = std::function<int(int* flag)>;
using Words = std::function<std::string()>;  // the call as the student wrote it; asked for only when it matters
int block(const Test& test, const Words& words);

// Tests a request until it is complete. `rc`: what starting it returned.
int finish(int rc, MPI_Request request, MPI_Status* status, const Words& words);

void count_bytes(int count, MPI_Datatype type, int times = 1);  // of a transfer that begins
void count_look();                                              // MPI_Test and its kin, when nothing was complete

// The blocking call that this rank is in, for messages; empty outside of one.
std::string call_in_words();

}  // namespace lockstep::mpiwatch
