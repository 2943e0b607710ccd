#include "harness/inside/mpiwatch/hang_proof.hpp"

#include <mpi.h>
#include <unistd.h>

#include <array>
#include <cstdint>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/mpiwatch/backtrace.hpp"
#include "harness/inside/mpiwatch/current_case.hpp"
#include "harness/inside/mpiwatch/shared_state.hpp"

namespace lockstep::mpiwatch {
namespace {

constexpr std::uint64_t looks_per_round = 8;  // Open MPI asks its slow transports only at every eighth call
constexpr std::uint64_t rounds_at_least = 400;
constexpr std::uint64_t bytes_per_round = 16 * 1024;

struct Observed {
  std::uint64_t moves = 0;
  std::uint64_t polls = 0;
};
std::array<Observed, most_ranks> observed;
std::uint64_t rounds = 0;

bool waits(const Slot& slot, std::uint32_t turn) {
  const std::uint64_t place = slot.place;
  return place / 4 == turn && place % 4 != static_cast<std::uint64_t>(State::running);
}

void begin_again() {
  for (const int member : current_case().members) {
    const Slot& slot = shared().slots[member];
    observed[static_cast<std::size_t>(member)] = {slot.moves, slot.polls};
  }
  rounds = 0;
}

bool somebody_left_early() {
  for (const int member : current_case().members)
    if (shared().slots[member].left_early == current_case().turn) return true;
  return false;
}

}  // namespace

bool look_for_hang() {
  const CurrentCase& now = current_case();
  bool unchanged = true, round_over = true;
  std::uint64_t bytes = 0;
  for (const int member : now.members) {
    const Slot& slot = shared().slots[member];
    const Observed& then = observed[static_cast<std::size_t>(member)];
    // The count of moves is read after the state: a rank that has moved on in between has another count.
    if (!waits(slot, now.turn)) {
      rounds = 0;
      return false;
    }
    unchanged = unchanged && slot.moves == then.moves;
    round_over = round_over && slot.polls >= then.polls + looks_per_round;
    bytes += slot.bytes;
  }
  if (!unchanged) {
    begin_again();
  } else if (round_over) {
    const std::uint64_t done = rounds + 1;
    begin_again();
    rounds = done;
    if (rounds >= rounds_at_least + bytes / bytes_per_round) {
      shared().hung = 1;
      wake_all(shared().cases_finished);
    }
  }
  return true;
}

void report_hang_and_end(const std::string& call) {
  const CurrentCase& now = current_case();
  if (now.open() && !call.empty() && !somebody_left_early()) {
    std::array<std::uintptr_t, 32> pcs;
    channel::set_rank(now.rank);  // as the student counts: in the case's communicator
    channel::emit_stuck(now.words, call + " [" + now.words + "]", {pcs.data(), read_backtrace(pcs)});
  }
  Shared& all = shared();
  int world = 1;
  PMPI_Comm_size(MPI_COMM_WORLD, &world);
  // The first rank that ends takes the others with it (mpirun), so all report first. None of them computes: that is what was proven.
  ++all.reported;
  wake_all(all.reported);
  for (std::uint32_t reported = all.reported; reported < static_cast<std::uint32_t>(world); reported = all.reported)
    sleep_while(all.reported, reported);
  ::_exit(status_of_hang);
}

}  // namespace lockstep::mpiwatch
