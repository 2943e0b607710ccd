#include "harness/inside/mpiwatch/wait_graph.hpp"

#include <algorithm>

#include "harness/inside/mpiwatch/matching.hpp"
#include "harness/inside/mpiwatch/window_waits.hpp"

namespace lockstep::mpiwatch {
namespace {

enum class Reading { strict, buffered, unforced };

bool has_happened(const World& world, int item, Reading reading = Reading::strict) {
  if (item == 0) return true;
  if (is_window_wait(item)) return awaited_ranks(world, item) == 0;
  if (item < 0) return (world.collectives[-item].members & ~world.collectives[-item].arrived) == 0;
  const Operation& operation = world.operations[item];
  if (operation.kind == OperationKind::probe) return find_message(world, operation) != 0;
  return operation.state == OperationState::matched || operation.complete_when_posted || (reading == Reading::buffered && operation.could_be_buffered);
}

bool needs_all(int item) { return item < 0 || is_window_wait(item); }

// Who could make it happen: one of them is enough, or, for a collective and in a call about a window, all are needed.
Mask helpers(const World& world, int item, Reading reading = Reading::strict) {
  if (is_window_wait(item)) return awaited_ranks(world, item);
  if (item < 0) return world.collectives[-item].members & ~world.collectives[-item].arrived;
  const Operation& operation = world.operations[item];
  return operation.peer == any_rank || (reading != Reading::strict && operation.forced) ? operation.members : only(operation.peer);
}

bool can_happen(const World& world, int item, Mask released, Reading reading) {
  if (has_happened(world, item, reading)) return true;
  const Mask needed = helpers(world, item, reading);
  return needs_all(item) ? (needed & ~released) == 0 : (needed & released) != 0;
}

// Does `holds_for` hold for all items of the rank's wait, or for one, as the wait asks?
template <class Predicate>
bool over_items(const RankView& rank, Reading reading, Predicate holds_for) {
  const std::int32_t *begin = rank.items, *end = rank.items + rank.awaited;
  if (rank.chosen != 0 && reading == Reading::strict) return std::all_of(begin, begin + rank.chosen, holds_for);
  return rank.any ? std::any_of(begin, end, holds_for) : std::all_of(begin, end, holds_for);
}

// Does the rank hold on to a forced choice while it could go on, or let another one go on, with a choice that libraries can make now?
bool could_choose_otherwise(const World& world, int rank) {
  const RankView& view = world.ranks[rank];
  const std::int32_t *begin = view.items, *end = view.items + view.awaited;
  if (view.chosen != 0 && std::any_of(begin, end, [&](int item) { return has_happened(world, item); })) return true;
  if (std::any_of(begin, end, [&](int item) { return item > 0 && !is_window_wait(item) && world.operations[item].forced && could_be_served(world, world.operations[item]); })) return true;
  for (int at = world.receives[rank].first; at != 0; at = world.operations[at].next)
    if (world.operations[at].forced && could_be_served(world, world.operations[at])) return true;
  return false;
}

// To a fixed point: whom of `waiting` can those who are released release?
Mask released_from(const World& world, Mask waiting, Mask released, Reading reading) {
  for (bool changed = true; changed;) {
    changed = false;
    for (int rank = 0; rank < most_ranks; ++rank) {
      if (!holds(waiting & ~released, rank)) continue;
      if (!over_items(world.ranks[rank], reading, [&](int item) { return can_happen(world, item, released, reading); })) continue;
      released |= only(rank);
      changed = true;
    }
  }
  return released;
}

}  // namespace

bool is_satisfied(const World& world, int rank) {
  return over_items(world.ranks[rank], Reading::strict, [&](int item) { return has_happened(world, item); });
}

static Mask deadlocked_in(const World& world, Mask members, Reading reading) {
  Mask released = 0, waiting = 0;
  for (int rank = 0; rank < most_ranks; ++rank) {
    if (!holds(members, rank)) continue;
    if (world.ranks[rank].part == Part::running || (reading == Reading::unforced && could_choose_otherwise(world, rank))) released |= only(rank);
    if (world.ranks[rank].part == Part::waits) waiting |= only(rank);
  }
  return waiting & ~released_from(world, waiting, released, reading);
}

Mask find_deadlocked(const World& world, Mask members) { return deadlocked_in(world, members, Reading::strict); }
Mask find_deadlocked_unforced(const World& world, Mask members) { return deadlocked_in(world, members, Reading::unforced); }

bool is_unsafe(const World& world, Mask deadlocked) {
  for (int rank = 0; rank < most_ranks; ++rank) {
    if (!holds(deadlocked, rank)) continue;
    const RankView& view = world.ranks[rank];
    for (int i = 0; i < view.awaited; ++i) {
      if (needs_all(view.items[i])) continue;
      const Operation& operation = world.operations[view.items[i]];
      if (!operation.could_be_buffered || operation.state != OperationState::posted) continue;
      if (!holds(deadlocked, operation.peer) || find_near_miss(world, operation) != 0) return false;
    }
  }
  return (deadlocked & ~released_from(world, deadlocked, 0, Reading::buffered)) == 0;
}

Mask waits_for(const World& world, int rank) {
  Mask result = 0;
  const RankView& view = world.ranks[rank];
  for (int i = 0; i < view.awaited; ++i)
    if (!has_happened(world, view.items[i])) result |= helpers(world, view.items[i]);
  return result;
}

}  // namespace lockstep::mpiwatch
