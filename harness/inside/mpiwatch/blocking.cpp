#include "harness/inside/mpiwatch/blocking.hpp"

#include <sched.h>

#include <ctime>

#include "harness/inside/mpiwatch/current_case.hpp"
#include "harness/inside/mpiwatch/hang_proof.hpp"

namespace lockstep::mpiwatch {
namespace {

constexpr unsigned polls_before_blocked = 30;

int world_rank = 0;
MPI_Comm own_world = MPI_COMM_NULL;
const Words* current_call = nullptr;

// One fruitless look. Ranks share processors: who waits steps aside, and while somebody computes, sleeps.
void step_aside(unsigned polls, const Words& words) {
  Slot& slot = own_slot();
  ++slot.polls;
  if (polls < polls_before_blocked || !current_case().open()) {
    ::sched_yield();
    return;
  }
  if (polls == polls_before_blocked) set_state(State::blocked);
  static bool everyone_waits = false;
  if (polls % 4 == 0 || polls == polls_before_blocked) everyone_waits = look_for_hang();
  if (shared().hung != 0) report_hang_and_end(words());
  if (everyone_waits) {
    ::sched_yield();
  } else {
    const timespec pause{0, 20'000};
    ::nanosleep(&pause, nullptr);
  }
}

}  // namespace

void set_world_rank(int rank, MPI_Comm world) {
  world_rank = rank;
  own_world = world;
}

Slot& own_slot() { return shared().slots[world_rank]; }

void set_state(State state) { own_slot().place = current_case().turn * std::uint64_t{4} + static_cast<std::uint64_t>(state); }

void let_mpi_progress() {
  int flag = 0;
  PMPI_Iprobe(MPI_ANY_SOURCE, 0, own_world, &flag, MPI_STATUS_IGNORE);
}

int block(const Test& test, const Words& words) {
  Slot& slot = own_slot();
  const bool in_case = current_case().open();
  ++slot.moves;
  if (in_case) slot.entered = current_case().turn;
  const Words* outer = current_call;
  current_call = &words;
  int flag = 0;
  int rc = MPI_SUCCESS;
  for (unsigned polls = 0; (rc = test(&flag)) == MPI_SUCCESS && !flag; ++polls) step_aside(polls, words);
  current_call = outer;
  if (in_case) set_state(State::running);
  ++slot.moves;
  return rc;
}

int finish(int rc, MPI_Request request, MPI_Status* status, const Words& words) {
  if (rc != MPI_SUCCESS) return rc;
  return block([&](int* flag) { return PMPI_Test(&request, flag, status); }, words);
}

void count_bytes(int count, MPI_Datatype type, int times) {
  int size = 0;
  if (count <= 0 || type == MPI_DATATYPE_NULL || PMPI_Type_size(type, &size) != MPI_SUCCESS || size <= 0) return;
  own_slot().bytes += static_cast<std::uint64_t>(count) * static_cast<std::uint64_t>(size) * static_cast<std::uint64_t>(times);
  ++own_slot().moves;
}

void count_look() { ++own_slot().polls; }

std::string call_in_words() { return current_call != nullptr ? (*current_call)() : std::string(); }

}  // namespace lockstep::mpiwatch
