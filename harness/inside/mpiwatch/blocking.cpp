#include "harness/inside/mpiwatch/blocking.hpp"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <ctime>

#include "harness/inside/channel/backtrace.hpp"
#include "harness/inside/channel/channel.hpp"
#include "harness/inside/mpiwatch/current_case.hpp"
#include "harness/inside/mpiwatch/findings.hpp"
#include "harness/inside/mpiwatch/matching.hpp"
#include "harness/inside/mpiwatch/messages.hpp"
#include "harness/inside/mpiwatch/self.hpp"
#include "harness/inside/mpiwatch/site.hpp"
#include "harness/inside/mpiwatch/wait_graph.hpp"
#include "harness/inside/mpiwatch/window_waits.hpp"

namespace lockstep::mpiwatch {
namespace {

constexpr unsigned looks_before_naps = 200;

const Words* current_call = nullptr;
bool waiting = false;

Mask members() {
  Mask mask = 0;
  for (const int member : current_case().members) mask |= only(member);
  return mask;
}

void say_what_is_awaited(const Awaited& awaited) {
  LockedWorld world;
  RankView& view = world->ranks[self().rank];
  // More than the world has room for: then nothing is claimed about this rank.
  view.part = awaited.items.size() > most_awaited ? Part::running : Part::waits;
  view.any = awaited.any;
  view.chosen = awaited.chosen;
  view.awaited = static_cast<std::int32_t>(awaited.items.size() > most_awaited ? 0 : awaited.items.size());
  for (std::int32_t i = 0; i < view.awaited; ++i) view.items[i] = awaited.items[static_cast<std::size_t>(i)];
  ++world->epoch;
  waiting = true;
}

// While others still run they may come to wait too, and then say more; but who computes for ever is not waited for. How long decides only how much
// is told, never what is decided.
constexpr int patience = 2000;  // looks

void look_for_deadlock() {
  static std::uint64_t looked_at = 0;
  static int looks_with_proof = 0;
  if (shared().world.epoch == looked_at && looks_with_proof == 0) return;
  LockedWorld world;
  if (shared().hung != 0 || shared().stopped != 0) return;
  looked_at = world->epoch;
  const bool proven = find_deadlocked(*world, members()) != 0;
  looks_with_proof = proven ? looks_with_proof + 1 : 0;
  if (!proven) return;
  const Mask deadlocked = find_deadlocked_unforced(*world, members());
  if (deadlocked == 0) {  // the choice that was asked for cannot be made: that is nobody's fault
    shared().stopped = 1;
    channel::emit_measurement("infeasible", 1, 0, "");
    ::_exit(status_of_hang);
  }
  Mask concerned = deadlocked;
  bool somebody_runs = false;
  for (const int member : current_case().members) {
    if (world->ranks[member].part == Part::finished) concerned |= only(member);
    somebody_runs = somebody_runs || world->ranks[member].part == Part::running || (world->ranks[member].part == Part::waits && !holds(deadlocked, member));
  }
  if (somebody_runs && looks_with_proof < patience) return;
  shared().unsafe = is_unsafe(*world, deadlocked) ? 1 : 0;
  shared().deadlocked = concerned;
  shared().hung = 1;
  wake_all(shared().cases_finished);
}

// "; rank 1 holds a lock of it (MPI_Win_lock at ring.cpp:14)", or who does not post or complete.
std::string window_words(const World& world, int item) {
  const WindowWait& wait = world.window_waits[item - most_operations];
  std::string text;
  for (int rank = 0; rank < most_ranks; ++rank) {
    if (!holds(awaited_ranks(world, item), rank)) continue;
    text += (text.empty() ? "; " : " and ") + rank_of_world(rank);
    if (wait.call == WindowCall::lock)
      text += " holds a lock (" + call_words(world.windows[wait.window].locked_at[rank]) + ")";
    else
      text += wait.call == WindowCall::start ? " has no MPI_Win_post for it" : " does not call MPI_Win_complete for it";
  }
  return text;
}

// Why the wait has no end, beyond what the call says.
std::string reason_words() {
  LockedWorld world;
  const RankView& view = world->ranks[self().rank];
  if (view.part != Part::waits) return "";
  std::string text;
  for (std::int32_t i = 0; i < view.awaited; ++i) {
    if (view.items[i] < 0) {
      const Collective& meeting = world->collectives[-view.items[i]];
      for (int rank = 0; rank < most_ranks; ++rank)
        if (holds(meeting.members & ~meeting.arrived, rank)) text += (text.empty() ? ", which never comes to " : " and ") + rank_of_world(rank);
      return text;
    }
    if (view.items[i] == 0) continue;
    if (is_window_wait(view.items[i])) return window_words(*world, view.items[i]);
    const Operation& operation = world->operations[view.items[i]];
    if (operation.state != OperationState::posted) continue;
    const int near = find_near_miss(*world, operation);
    if (near == 0) continue;
    const Operation& other = world->operations[near];
    const std::string who = rank_of_world(other.owner);
    if (other.kind == OperationKind::send)
      text = "; there is a message of " + who + " with tag " + std::to_string(other.tag);
    else
      text = "; " + who + " receives " + (other.tag == any_tag ? "any tag" : "tag " + std::to_string(other.tag)) +
             (other.peer == any_rank ? "" : " from " + rank_of_world(other.peer));
    if (other.communicator != operation.communicator) text += ", on another communicator";
    return text + " (" + call_words(other.site) + ")";
  }
  return text;
}

// The ranks that could end this rank's wait, as the student counts.
std::vector<int> awaited_ranks() {
  LockedWorld world;
  std::vector<int> ranks;
  if (world->ranks[self().rank].part != Part::waits) return ranks;
  const Mask awaited = waits_for(*world, self().rank) & ~only(self().rank);
  const std::vector<int>& members = current_case().members;
  for (std::size_t rank = 0; rank < members.size(); ++rank)
    if (holds(awaited, members[rank])) ranks.push_back(static_cast<int>(rank));
  return ranks;
}

// "rank 0 sends to rank 1 at ring.cpp:14 and waits; rank 1 ..." of the sends that a library would have let go on.
std::string unsafe_words() {
  std::string text;
  int first = -1, told = 0;
  LockedWorld world;
  for (const int member : current_case().members) {
    const RankView& view = world->ranks[member];
    if (view.part != Part::waits) continue;
    for (std::int32_t i = 0; i < view.awaited; ++i) {
      if (view.items[i] < 0 || is_window_wait(view.items[i])) continue;
      const Operation& operation = world->operations[view.items[i]];
      if (!operation.could_be_buffered || operation.state != OperationState::posted) continue;
      if (first < 0) first = member;
      if (++told <= 4)
        text += (text.empty() ? "" : "; ") + rank_of_world(member) + " sends to " + rank_of_world(operation.peer) + place_words(operation.site) + " and waits";
    }
  }
  if (first != self().rank) return "";  // one rank says it for all
  return text + (told > 4 ? "; and so on" : "") +
         (told == 1 ? ": the receive can only come when it has gone on. " : ": each waits for a receive that none of them has reached. ") +
         "It works today only because the messages are short, so that the library takes them over.";
}

int rank_in_case(int world_rank) {
  const std::vector<int>& members = current_case().members;
  return static_cast<int>(std::find(members.begin(), members.end(), world_rank) - members.begin());
}

// The last messages of those who wait: how they came there. One rank tells them for all.
void tell_last_exchanges() {
  constexpr std::size_t most = 8;
  std::vector<Exchange> last;
  {
    LockedWorld world;
    Mask wait = shared().deadlocked;
    for (int rank = 0; rank < most_ranks; ++rank)
      if (world->ranks[rank].part != Part::waits) wait &= ~only(rank);
    if (std::countr_zero(wait) == self().rank) last = last_exchanges(*world, wait, most);
  }
  for (const Exchange& one : last)
    channel::emit_exchange({rank_in_case(one.from), rank_in_case(one.to), one.tag, one.sent.call, one.received.call, address_of(one.sent), address_of(one.received)});
}

void step_aside(unsigned looks) {
  if (looks < looks_before_naps) {
    ::sched_yield();
    return;
  }
  const timespec pause{0, looks < 4 * looks_before_naps ? 20'000 : 100'000};
  ::nanosleep(&pause, nullptr);
}

}  // namespace

void look_for_ends() {
  if (shared().stopped != 0) end_quietly();
  if (shared().hung != 0) report_hang_and_end(call_in_words());
}

void move_on() {
  int flag = 0;
  PMPI_Iprobe(MPI_ANY_SOURCE, 0, self().world, &flag, MPI_STATUS_IGNORE);  // the library moves what it has
  advance_all();
}

void look_in_vain() {
  move_on();
  ::sched_yield();
}

void wait_until(const std::function<bool()>& done, const std::function<Awaited()>& awaited, const Words& words) {
  const bool in_case = current_case().open();
  if (in_case) own_slot().entered = current_case().turn;
  const Words* outer = current_call;
  current_call = &words;
  bool said = false;
  for (unsigned looks = 0; !done(); ++looks) {
    move_on();
    if (done()) break;
    if (in_case) {
      if (!said) say_what_is_awaited(awaited());
      said = true;
      look_for_deadlock();
    }
    look_for_ends();
    step_aside(looks);
  }
  if (said) {
    LockedWorld world;
    world->ranks[self().rank].part = Part::running;
    waiting = false;
  }
  current_call = outer;
}

std::string call_in_words() { return current_call != nullptr ? (*current_call)() : std::string(); }

void report_hang_and_end(const std::string& call) {
  const CurrentCase& now = current_case();
  const Mask needed = shared().deadlocked;
  if (now.open() && !call.empty() && holds(needed, self().rank) && !somebody_left_early()) {
    std::array<std::uintptr_t, 32> pcs;
    channel::set_rank(now.rank);  // as the student counts: in the case's communicator
    if (const std::string words = shared().unsafe != 0 ? unsafe_words() : ""; !words.empty()) report("unsafe_send", words);
    channel::emit_stuck(now.words, call + (waiting ? reason_words() : "") + " [" + now.words + "]", {pcs.data(), channel::read_backtrace(pcs)}, awaited_ranks());
    tell_last_exchanges();
  }
  // The first rank that ends takes the others with it (mpirun), so all that have something to say report first. None of them computes: that is what
  // was proven.
  shared().reported |= only(self().rank);
  const timespec pause{0, 200'000};
  while ((shared().reported & needed) != needed) ::nanosleep(&pause, nullptr);
  ::_exit(status_of_hang);
}

}  // namespace lockstep::mpiwatch
