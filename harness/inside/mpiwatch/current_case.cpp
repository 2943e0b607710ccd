#include "harness/inside/mpiwatch/current_case.hpp"

#include <ctime>

#include "harness/inside/mpiwatch/blocking.hpp"
#include "harness/inside/mpiwatch/hang_proof.hpp"
#include "harness/inside/mpiwatch/shared_state.hpp"

namespace lockstep::mpiwatch {
namespace {

CurrentCase current;

void nap() {
  const timespec pause{0, 50'000};
  ::nanosleep(&pause, nullptr);
}

bool was_failed(std::uint32_t turn) { return shared().outcomes[turn % 4096] == turn * 2 + 1; }

bool entered_or_finished(const Slot& slot) {
  return slot.entered == current.turn || slot.place == current.turn * std::uint64_t{4} + static_cast<std::uint64_t>(State::finished);
}

}  // namespace

const CurrentCase& current_case() { return current; }

void begin_case(CurrentCase next) {
  current = std::move(next);
  Slot& slot = own_slot();
  ++slot.moves;
  slot.bytes = 0;
  set_state(State::running);
}

bool end_case(bool failed, bool left_early) {
  const std::uint32_t turn = current.turn;
  Shared& all = shared();
  Slot& slot = own_slot();
  if (failed) all.failed_turn = turn;
  if (left_early) slot.left_early = turn;
  ++slot.moves;
  set_state(State::finished);
  if (all.members_finished.fetch_add(1) + 1 == current.members.size()) {
    all.members_finished = 0;
    all.outcomes[turn % 4096] = turn * 2 + (all.failed_turn == turn ? 1 : 0);
    all.cases_finished = turn;
    wake_all(all.cases_finished);
  }
  while (all.cases_finished < turn) {
    for (int look = 0; look < 8; ++look) let_mpi_progress();
    slot.polls += 8;
    if (all.hung != 0) report_hang_and_end("nothing: its part has already returned");
    nap();
  }
  current.turn = 0;
  return was_failed(turn);
}

bool sit_out_case(std::uint32_t turn) {
  Shared& all = shared();
  for (std::uint32_t finished = all.cases_finished; finished < turn; finished = all.cases_finished) {
    if (all.hung != 0) report_hang_and_end("");
    sleep_while(all.cases_finished, finished);
  }
  return was_failed(turn);
}

void wait_for_others_to_enter() {
  own_slot().aside = current.turn;
  for (const int member : current.members) {
    const Slot& other = shared().slots[member];
    while (&other != &own_slot() && other.aside != current.turn && !entered_or_finished(other)) nap();
  }
}

void wait_for_next_to_arrive() {
  const int next = current.rank + 1;
  if (current.rank == 0 || next >= static_cast<int>(current.members.size())) return;
  const Slot& before_us = shared().slots[current.members[static_cast<std::size_t>(next)]];
  while (!entered_or_finished(before_us)) nap();
  const Slot& receiver = shared().slots[current.members.front()];
  // The first look may have begun before the message was there; the second one began after it.
  const std::uint64_t looks = receiver.polls;
  while (receiver.polls < looks + 2 && !(receiver.place == current.turn * std::uint64_t{4} + static_cast<std::uint64_t>(State::finished))) nap();
}

}  // namespace lockstep::mpiwatch
