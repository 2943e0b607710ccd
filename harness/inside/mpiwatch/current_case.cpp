#include "harness/inside/mpiwatch/current_case.hpp"

#include <ctime>

#include "harness/inside/mpiwatch/blocking.hpp"
#include "harness/inside/mpiwatch/findings.hpp"
#include "harness/inside/mpiwatch/self.hpp"

namespace lockstep::mpiwatch {
namespace {

CurrentCase current;

void nap() {
  const timespec pause{0, 50'000};
  ::nanosleep(&pause, nullptr);
}

bool was_failed(std::uint32_t turn) { return shared().outcomes[turn % 4096] == turn * 2 + 1; }

bool has_entered(const Slot& slot) { return slot.entered == current.turn || slot.finished == current.turn; }

}  // namespace

const CurrentCase& current_case() { return current; }

void begin_case(CurrentCase next) {
  current = std::move(next);
  Slot& slot = own_slot();
  slot.sent = slot.sent_long = slot.sent_bytes = slot.received_bytes = slot.collectives = slot.clock = 0;
  LockedWorld world;
  RankView& view = world->ranks[self().rank];
  view.part = Part::running;
  view.clock = 0;
  if (world->case_of_exchanges != current.turn) world->exchanged = 0;
  world->case_of_exchanges = current.turn;
  ++world->epoch;
}

bool end_case(bool failed, bool left_early) {
  const std::uint32_t turn = current.turn;
  Shared& all = shared();
  Slot& slot = own_slot();
  if (failed) all.failed_turn = turn;
  if (left_early) slot.left_early = turn;
  {
    LockedWorld world;
    RankView& view = world->ranks[self().rank];
    slot.clock = view.clock;
    view.part = Part::finished;
    ++world->epoch;
  }
  slot.finished = turn;
  if (all.members_finished.fetch_add(1) + 1 == current.members.size()) {
    all.members_finished = 0;
    all.outcomes[turn % 4096] = turn * 2 + (all.failed_turn == turn ? 1 : 0);
    all.cases_finished = turn;
    wake_all(all.cases_finished);
  }
  while (all.cases_finished < turn) {
    move_on();
    if (all.stopped != 0) end_quietly();
    if (all.hung != 0) report_hang_and_end("nothing: its part has already returned");
    nap();
  }
  return was_failed(turn);
}

bool somebody_left_early() {
  for (const int member : current.members)
    if (shared().slots[member].left_early == current.turn) return true;
  return false;
}

void close_case() { current.turn = 0; }

bool sit_out_case(std::uint32_t turn) {
  Shared& all = shared();
  for (std::uint32_t finished = all.cases_finished; finished < turn; finished = all.cases_finished) {
    if (all.stopped != 0) end_quietly();
    if (all.hung != 0) report_hang_and_end("");
    sleep_while(all.cases_finished, finished);
  }
  return was_failed(turn);
}

void wait_for_others_to_enter() {
  own_slot().aside = current.turn;
  for (const int member : current.members) {
    const Slot& other = shared().slots[member];
    while (&other != &own_slot() && other.aside != current.turn && !has_entered(other)) nap();
  }
}

void wait_for_next_to_arrive() {
  const int next = current.rank + 1;
  if (current.rank == 0 || next >= static_cast<int>(current.members.size())) return;
  const Slot& before_us = shared().slots[current.members[static_cast<std::size_t>(next)]];
  while (!has_entered(before_us)) nap();
}

}  // namespace lockstep::mpiwatch
