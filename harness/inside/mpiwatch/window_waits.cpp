#include "harness/inside/mpiwatch/window_waits.hpp"

#include <algorithm>

#include "harness/inside/mpiwatch/accesses.hpp"

namespace lockstep::mpiwatch {
namespace {

template <class Action>
void for_each(Mask ranks, Action action) {
  for (int rank = 0; rank < most_ranks; ++rank)
    if (holds(ranks, rank)) action(rank);
}

}  // namespace

void add(Order& to, const Order& what) {
  for (int rank = 0; rank < most_ranks; ++rank) to.known[rank] = std::max(to.known[rank], what.known[rank]);
}

Mask awaited_ranks(const World& world, int rank, const WindowWait& wait) {
  const WindowView& window = world.windows[wait.window];
  Mask awaited = 0;
  for_each(wait.ranks, [&](int other) {
    if (wait.call == WindowCall::start && window.posted[other][rank] == window.started[other][rank]) awaited |= only(other);
    if (wait.call == WindowCall::wait && window.completed[rank][other] != window.posted[rank][other]) awaited |= only(other);
    if (wait.call == WindowCall::lock) awaited |= window.owned_by[other] | (wait.exclusive ? window.shared_by[other] : 0);
  });
  return awaited;
}

void begin_epochs(World& world, int rank, const WindowWait& wait) {
  WindowView& window = world.windows[wait.window];
  Order& order = world.orders[rank];
  for_each(wait.ranks, [&](int other) {
    if (wait.call == WindowCall::start) {
      ++window.started[other][rank];
      add(order, window.at_post[other]);
    } else if (wait.call == WindowCall::lock) {
      (wait.exclusive ? window.owned_by : window.shared_by)[other] |= only(rank);
      add(order, (wait.exclusive ? window.at_unlock : window.at_exclusive_unlock)[other]);
    }
  });
  world.ranks[rank].part = Part::running;  // at once: for the others it would seem to wait for what it has taken
  ++world.epoch;
}

void open_exposure(World& world, int window, int target, Mask origins) {
  WindowView& view = world.windows[window];
  view.exposed |= only(target);
  add(view.at_post[target], world.orders[target]);
  for_each(origins, [&](int origin) { ++view.posted[target][origin]; });
  ++world.epoch;
}

void close_exposure(World& world, int window, int target) {
  WindowView& view = world.windows[window];
  view.exposed &= ~only(target);
  add(world.orders[target], view.at_complete[target]);
}

void complete_epochs(World& world, int window, int origin, Mask targets) {
  WindowView& view = world.windows[window];
  for_each(targets, [&](int target) {
    ++view.completed[target][origin];
    add(view.at_complete[target], world.orders[origin]);
  });
  ++world.epoch;
}

void unlock(World& world, int window, int holder, Mask targets) {
  WindowView& view = world.windows[window];
  for_each(targets, [&](int target) {
    add(view.at_unlock[target], world.orders[holder]);
    if (holds(view.owned_by[target], holder)) add(view.at_exclusive_unlock[target], world.orders[holder]);
    view.owned_by[target] &= ~only(holder);
    view.shared_by[target] &= ~only(holder);
  });
  ++world.epoch;
}

int find_window(World& world, std::uint64_t id, Mask members) {
  int free = 0;
  for (int i = 1; i < most_windows; ++i) {
    if (world.windows[i].used && world.windows[i].id == id) return i;
    if (!world.windows[i].used && free == 0) free = i;
  }
  if (free == 0) return 0;
  WindowView& made = world.windows[free];
  made = WindowView{};
  made.used = world.has_windows = true;
  made.id = id;
  made.members = members;
  return free;
}

void leave_window(World& world, int window, int rank) {
  WindowView& view = world.windows[window];
  view.left |= only(rank);
  if (view.left != view.members) return;
  for_each(view.members, [&](int target) { forget_accesses(world, window, target); });
  view.used = false;
}

}  // namespace lockstep::mpiwatch
