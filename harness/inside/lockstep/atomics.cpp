#include "harness/inside/lockstep/atomics.hpp"

#include <string.h>

#include "harness/inside/lockstep/knowledge.hpp"
#include "harness/inside/lockstep/shadow.hpp"

namespace lockstep::engine {
namespace {

enum Order : int { relaxed, consume, acquire_order, release_order, acq_rel, seq_cst };

bool acquires(int order) { return order == consume || order == acquire_order || order == acq_rel || order == seq_cst; }
bool releases(int order) { return order == release_order || order == acq_rel || order == seq_cst; }

struct Store {
  Bits value;
  int task;             // nobody: the value the location began with
  std::uint32_t epoch;  // of its task
  bool is_seq_cst;
  bool synchronises;    // `released` is meant
  VectorClock released; // what a load that acquires learns
  std::uint32_t seen[most_tasks];  // by task: epoch of its first load of this store, 0 for none
};

constexpr std::uint32_t kept_stores = 8;

struct Location {
  int size = 0;
  Row<Store*> stores;  // oldest first
};

NumberMap<Location> locations;
VectorClock fences_seq_cst;        // what seq_cst fences so far knew
VectorClock stores_and_fences;     // and the seq_cst stores themselves

Bits memory_at(std::uintptr_t address, int size) {
  Bits bits;
  memcpy(&bits, reinterpret_cast<const void*>(address), static_cast<std::size_t>(size));
  return bits;
}

void write_memory(std::uintptr_t address, int size, const Bits& value) { memcpy(reinterpret_cast<void*>(address), &value, static_cast<std::size_t>(size)); }

Bits cut(Bits value, int size) {
  Bits bits;
  memcpy(&bits, &value, static_cast<std::size_t>(size));
  return bits;
}

// What has changed since then without a callback was stored by a library (a future that is made ready at the end of a thread, say). What that
// store synchronises with is not known, so it is taken to know everything: rather a race that is not seen than one that is none.
Location& location_at(std::uintptr_t address, int size) {
  Location& location = locations.at(address);
  const Bits now = memory_at(address, size);
  if (location.size != size || location.stores.empty() || !(location.stores.back()->value == now)) {
    const bool behind_our_back = location.size == size && !location.stores.empty();
    location.size = size;
    location.stores.clear();
    auto* first = static_cast<Store*>(arena_take(sizeof(Store)));
    first->value = now;
    first->task = nobody;
    // A task that has ended may have stored it (std::promise::set_value_at_thread_exit); so may anybody, if it was another value a moment ago.
    for (int i = 0; i < engine.task_count; ++i)
      if (behind_our_back || engine.tasks[i].finished) {
        first->released.join(engine.tasks[i].clock);
        first->synchronises = true;
      }
    location.stores.push(first);
  }
  return location;
}

bool knows_store(const VectorClock& clock, const Store& store) { return store.task == nobody || clock.knows(store.task, store.epoch); }

// Some load that the clock knows of saw this store.
bool knows_load(const VectorClock& clock, const Store& store) {
  for (int i = 0; i < engine.task_count; ++i)
    if (store.seen[i] && clock.knows(i, store.seen[i])) return true;
  return false;
}

// No load that knows so much may see an older store.
bool hides_older(const VectorClock& clock, const Store& store) { return knows_store(clock, store) || knows_load(clock, store); }

// The oldest store that a load of the current task may see.
std::uint32_t oldest_visible(const Location& location, int order) {
  for (std::uint32_t i = location.stores.size(); i-- > 0;) {
    const Store& store = *location.stores[i];
    if (hides_older(self->clock, store) || hides_older(self->sc_floor, store)) return i;
    if (order == seq_cst && (store.is_seq_cst || hides_older(fences_seq_cst, store))) return i;
  }
  return 0;
}

void see(Store& store, int order) {
  if (!store.seen[self->id]) store.seen[self->id] = self->clock.at[self->id];
  if (!store.synchronises) return;
  if (acquires(order))
    acquire(store.released);
  else
    self->to_acquire.join(store.released);
}

// `before`: the store that a read-modify-write read, whose release sequence it continues; or nothing.
void append(Location& location, Bits value, int order, const Store* before) {
  Store* store;
  if (location.stores.size() == kept_stores) {
    store = location.stores[0];
    location.stores.remove(0);
    // `before` may be the one that is dropped: its clock is read first.
    static thread_local VectorClock kept __attribute__((tls_model("initial-exec")));
    const bool chained = before && before->synchronises;
    if (chained) kept = before->released;
    memset(static_cast<void*>(store), 0, sizeof(Store));
    if (chained) {
      store->released = kept;
      store->synchronises = true;
    }
  } else {
    store = static_cast<Store*>(arena_take(sizeof(Store)));
    if (before && before->synchronises) {
      store->released = before->released;
      store->synchronises = true;
    }
  }
  store->value = value;
  store->task = self->id;
  store->epoch = self->clock.at[self->id];
  store->is_seq_cst = order == seq_cst;
  if (releases(order)) {
    store->released.join(self->clock);
    store->synchronises = true;
  } else {
    store->released.join(self->at_release_fence);
    store->synchronises = true;
  }
  if (order == seq_cst && stores_and_fences.at[self->id] < store->epoch) stores_and_fences.at[self->id] = store->epoch;
  location.stores.push(store);
  ++self->clock.at[self->id];
}

Operation operation(OpKind kind, std::uintptr_t address, bool writes, int order) {
  return {kind, address, order == seq_cst ? fence_object : 0, writes, false};
}

}  // namespace

Bits load_atomic(std::uintptr_t address, int size, int order, std::uintptr_t pc) {
  reach(operation(OpKind::atomic_load, address, false, order));
  note_access(address, static_cast<std::size_t>(size), access_atomic, pc);
  Location& location = location_at(address, size);
  const std::uint32_t newest = location.stores.size() - 1, oldest = oldest_visible(location, order);
  std::uint32_t back = 0;
  // An implementation should make stores visible in a reasonable time ([atomics.order] 11): the same old one is seen a few times at most.
  if (newest > oldest && self->stale_reads < 2) back = static_cast<std::uint32_t>(choose_value(static_cast<int>(newest - oldest + 1), 1));
  self->stale_reads = back ? self->stale_reads + 1 : 0;
  Store& store = *location.stores[newest - back];
  see(store, order);
  if (order == seq_cst) store.is_seq_cst = true;  // later seq_cst loads see it or a newer one ([atomics.order] 3, 4)
  note(OpKind::atomic_load, address, 0, store.value.low, back, store.task, static_cast<std::uint32_t>(order));
  return store.value;
}

void store_atomic(std::uintptr_t address, int size, Bits value, int order, std::uintptr_t pc) {
  reach(operation(OpKind::atomic_store, address, true, order));
  note_access(address, static_cast<std::size_t>(size), access_atomic | access_write, pc);
  Location& location = location_at(address, size);
  const bool same = location.stores.back()->value == cut(value, size);
  append(location, cut(value, size), order, nullptr);
  write_memory(address, size, value);
  if (!same) changed();
  note(OpKind::atomic_store, address, 0, value.low, 0, nobody, static_cast<std::uint32_t>(order));
}

Bits update_atomic(std::uintptr_t address, int size, Update what, Bits operand, int order, std::uintptr_t pc) {
  const OpKind kind = what == Update::exchange ? OpKind::atomic_exchange : OpKind::atomic_update;
  reach(operation(kind, address, true, order));
  note_access(address, static_cast<std::size_t>(size), access_atomic | access_write, pc);
  Location& location = location_at(address, size);
  Store& before = *location.stores.back();
  const Bits old = before.value;
  unsigned __int128 a = old.high, b = operand.high;
  a = a << 64 | old.low;
  b = b << 64 | operand.low;
  switch (what) {
    case Update::exchange:
      a = b;
      break;
    case Update::add:
      a += b;
      break;
    case Update::sub:
      a -= b;
      break;
    case Update::bit_and:
      a &= b;
      break;
    case Update::bit_or:
      a |= b;
      break;
    case Update::bit_xor:
      a ^= b;
      break;
    case Update::nand:
      a = ~(a & b);
      break;
  }
  const Bits value = cut({static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(a >> 64)}, size);
  see(before, order);
  append(location, value, order, &before);
  write_memory(address, size, value);
  if (!(value == old)) changed();
  note(kind, address, 0, value.low, old.low, nobody, static_cast<std::uint32_t>(order));
  return old;
}

Bits exchange_if(std::uintptr_t address, int size, Bits expected, Bits desired, int order, int failure_order, std::uintptr_t pc) {
  reach(operation(OpKind::atomic_cas, address, true, order));
  Location& location = location_at(address, size);
  Store& before = *location.stores.back();
  const Bits old = before.value;
  const bool equal = old == cut(expected, size);
  note_access(address, static_cast<std::size_t>(size), static_cast<std::uint8_t>(access_atomic | (equal ? access_write : 0)), pc);
  see(before, equal ? order : failure_order);
  if (equal) {
    append(location, cut(desired, size), order, &before);
    write_memory(address, size, desired);
    if (!(old == cut(desired, size))) changed();
  }
  note(OpKind::atomic_cas, address, 0, equal ? desired.low : old.low, old.low, nobody, static_cast<std::uint32_t>(order) | (equal ? 256u : 0));
  return old;
}

void fence(int order) {
  reach({OpKind::fence, order == seq_cst ? fence_object : 0, 0, true, false});
  if (acquires(order)) acquire(self->to_acquire);
  if (order == seq_cst) {
    self->sc_floor.join(stores_and_fences);
    fences_seq_cst.join(self->clock);
    stores_and_fences.join(self->clock);
  }
  if (releases(order)) {
    self->at_release_fence = self->clock;
    ++self->clock.at[self->id];
  }
  note(OpKind::fence, 0, 0, 0, 0, nobody, static_cast<std::uint32_t>(order));
}

void publish(std::uintptr_t address, int size, Bits value) {
  Location& location = location_at(address, size);
  append(location, cut(value, size), release_order, nullptr);
  write_memory(address, size, value);
  changed();
}

void forget_atomics(std::uintptr_t address, std::size_t size) {
  if (locations.size() == 0 || size == 0) return;
  if (size < locations.size()) {
    for (std::uintptr_t at = address; at < address + size; ++at)
      if (Location* location = locations.find(at)) location->stores.clear();
  } else {
    locations.each([&](std::uint64_t at, Location& location) {
      if (at >= address && at < address + size) location.stores.clear();
    });
  }
}

}  // namespace lockstep::engine
