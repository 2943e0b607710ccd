#include "harness/inside/mpiwatch/matching.hpp"

#include <algorithm>
#include <atomic>

namespace lockstep::mpiwatch {
namespace {

// As the program says it.
bool fits(const Operation& send, const Operation& receive) {
  return send.communicator == receive.communicator && (receive.tag == any_tag || receive.tag == send.tag) &&
         (receive.peer == send.owner || ((receive.peer == any_rank || receive.forced) && holds(receive.members, send.owner)));
}
// And as a forced choice wants it.
bool meets(const Operation& send, const Operation& receive) { return fits(send, receive) && (!receive.forced || receive.peer == send.owner); }

int take(World& world) {
  if (world.free != 0) {
    const int index = world.free;
    world.free = world.operations[index].next;
    return index;
  }
  return world.used + 1 < most_operations ? ++world.used : 0;
}

void append(World& world, List& list, int index) {
  world.operations[index].next = 0;
  (list.last == 0 ? list.first : world.operations[list.last].next) = index;
  list.last = index;
}

bool remove(World& world, List& list, int index) {
  int before = 0;
  for (int at = list.first; at != 0; before = at, at = world.operations[at].next) {
    if (at != index) continue;
    (before == 0 ? list.first : world.operations[before].next) = world.operations[index].next;
    if (list.last == index) list.last = before;
    return true;
  }
  return false;
}

void match(World& world, int send, int receive) {
  Operation& from = world.operations[send];
  Operation& to = world.operations[receive];
  from.partner = receive;
  to.partner = send;
  // Owners look at the state without the lock, and then at the partner.
  std::atomic_ref(from.state).store(OperationState::matched, std::memory_order_release);
  std::atomic_ref(to.state).store(OperationState::matched, std::memory_order_release);
  world.exchanges[world.exchanged++ % most_remembered] = {from.owner, to.owner, from.tag, from.site, to.site};
  ++world.epoch;
}

int add(World& world, const Operation& operation) {
  const int index = take(world);
  if (index == 0) return 0;
  Operation& made = world.operations[index] = operation;
  made.state = OperationState::posted;
  made.partner = made.next = 0;
  made.dropped = false;
  if (made.kind == OperationKind::send) made.transfer = ++world.transfers & 0x3fff'ffff;
  ++world.epoch;
  return index;
}

void give_back(World& world, int index) {
  world.operations[index].kind = OperationKind::none;
  world.operations[index].next = world.free;
  world.free = index;
}

List& list_of(World& world, const Operation& operation) {
  return operation.kind == OperationKind::send ? world.sends[operation.peer] : world.receives[operation.owner];
}

// The first receive that a message fits is the one that gets it, and waits for it if it is forced to another source: in no execution does a later
// receive get what fits an earlier one that is still pending.
int find_receive(const World& world, int send) {
  const Operation& message = world.operations[send];
  for (int at = world.receives[message.peer].first; at != 0; at = world.operations[at].next)
    if (fits(message, world.operations[at])) return find_message(world, world.operations[at]) == send ? at : 0;
  return 0;
}

// Does a receive that was posted before this one (or probe) keep the message?
bool is_kept(const World& world, const Operation& message, const Operation& from) {
  for (int at = world.receives[message.peer].first; at != 0 && &world.operations[at] != &from; at = world.operations[at].next)
    if (fits(message, world.operations[at])) return true;
  return false;
}

// What a forced receive has kept from later ones is theirs when it is served itself, or withdrawn.
void serve(World& world, int owner);

void meet(World& world, int send, int receive) {
  const Operation& to = world.operations[receive];
  remove(world, world.sends[to.owner], send);
  remove(world, world.receives[to.owner], receive);
  match(world, send, receive);
  if (to.forced) serve(world, to.owner);
}

void serve(World& world, int owner) {
  for (int at = world.sends[owner].first; at != 0; at = world.operations[at].next)
    if (const int receive = find_receive(world, at); receive != 0) {
      meet(world, at, receive);
      return serve(world, owner);
    }
}

}  // namespace

int post(World& world, const Operation& operation) {
  const int index = add(world, operation);
  if (index == 0 || operation.kind == OperationKind::probe) return index;
  append(world, list_of(world, operation), index);
  if (operation.kind == OperationKind::send) {
    if (const int receive = find_receive(world, index); receive != 0) meet(world, index, receive);
  } else if (const int send = find_message(world, world.operations[index]); send != 0) {
    meet(world, send, index);
  }
  return index;
}

int find_message(const World& world, const Operation& receive) {
  Mask kept = 0;  // from these sources only later messages are left, which must not overtake
  for (int at = world.sends[receive.owner].first; at != 0; at = world.operations[at].next) {
    const Operation& message = world.operations[at];
    if (!meets(message, receive) || holds(kept, message.owner)) continue;
    if (!is_kept(world, message, receive)) return at;
    kept |= only(message.owner);
  }
  return 0;
}

bool could_be_served(const World& world, const Operation& forced) {
  for (int at = world.sends[forced.owner].first; at != 0; at = world.operations[at].next)
    if (fits(world.operations[at], forced)) return true;
  return false;
}

void take_message(World& world, int send) { remove(world, world.sends[world.operations[send].peer], send); }

int match_taken(World& world, const Operation& receive, int send) {
  const int index = add(world, receive);
  if (index != 0) match(world, send, index);
  return index;
}

bool withdraw(World& world, int index) {
  Operation& operation = world.operations[index];
  if (operation.state != OperationState::posted) return false;
  if (operation.kind != OperationKind::probe) remove(world, list_of(world, operation), index);
  operation.state = OperationState::withdrawn;
  ++world.epoch;
  if (operation.kind == OperationKind::receive && operation.forced) serve(world, operation.owner);
  return true;
}

void release(World& world, int index) {
  Operation& operation = world.operations[index];
  operation.dropped = true;
  if (operation.state == OperationState::posted && operation.kind == OperationKind::send) return;
  if (operation.state != OperationState::matched) return give_back(world, index);
  if (!world.operations[operation.partner].dropped) return;
  give_back(world, operation.partner);
  give_back(world, index);
}

int find_near_miss(const World& world, const Operation& operation) {
  int found = 0, best = 0;
  const auto look = [&](int at) {
    for (; at != 0; at = world.operations[at].next) {
      const Operation& other = world.operations[at];
      const bool sends = operation.kind == OperationKind::send;
      const Operation &send = sends ? operation : other, &receive = sends ? other : operation;
      const bool ranks = receive.peer == any_rank ? holds(receive.members, send.owner) : receive.peer == send.owner;
      const bool tags = receive.tag == any_tag || receive.tag == send.tag;
      const int alike = (ranks ? 4 : 0) + (tags ? 2 : 0) + (send.communicator == receive.communicator ? 1 : 0);
      if (alike > best && alike >= 4 + 1) best = alike, found = at;  // from the right rank, on the right communicator: another tag
      if (alike > best && alike == 4 + 2) best = alike, found = at;  // another communicator
      if (alike > best && alike == 2 + 1) best = alike, found = at;  // another rank
    }
  };
  look(operation.kind == OperationKind::send ? world.receives[operation.peer].first : world.sends[operation.owner].first);
  return found;
}

std::vector<Exchange> last_exchanges(const World& world, Mask ranks, std::size_t most) {
  std::vector<Exchange> found;
  for (std::uint64_t back = 1; back <= std::min<std::uint64_t>(world.exchanged, most_remembered) && found.size() < most; ++back) {
    const Exchange& one = world.exchanges[(world.exchanged - back) % most_remembered];
    if (holds(ranks, one.from) || holds(ranks, one.to)) found.push_back(one);
  }
  std::reverse(found.begin(), found.end());
  return found;
}

}  // namespace lockstep::mpiwatch
