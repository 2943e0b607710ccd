#include "harness/inside/mpiwatch/matching.hpp"

#include <atomic>

namespace lockstep::mpiwatch {
namespace {

bool meets(const Operation& send, const Operation& receive) {
  return send.communicator == receive.communicator && (receive.tag == any_tag || receive.tag == send.tag) &&
         (receive.peer == send.owner || (receive.peer == any_rank && holds(receive.members, send.owner)));
}

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

}  // namespace

int post(World& world, const Operation& operation) {
  const int index = add(world, operation);
  if (index == 0 || operation.kind == OperationKind::probe) return index;
  if (operation.kind == OperationKind::send) {
    for (int at = world.receives[operation.peer].first; at != 0; at = world.operations[at].next) {
      if (!meets(operation, world.operations[at])) continue;
      remove(world, world.receives[operation.peer], at);
      match(world, index, at);
      return index;
    }
  } else if (const int send = find_message(world, operation); send != 0) {
    remove(world, world.sends[operation.owner], send);
    match(world, send, index);
    return index;
  }
  append(world, list_of(world, operation), index);
  return index;
}

int find_message(const World& world, const Operation& receive) {
  for (int at = world.sends[receive.owner].first; at != 0; at = world.operations[at].next)
    if (meets(world.operations[at], receive)) return at;
  return 0;
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

}  // namespace lockstep::mpiwatch
