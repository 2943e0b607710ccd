#include "harness/inside/mpiwatch/accesses.hpp"

#include <algorithm>

namespace lockstep::mpiwatch {
namespace {

std::int64_t end_of(const Strip& strip) { return strip.from + (strip.times - 1) * strip.stride + strip.length; }

// Of the strip's blocks the first that reaches behind `from`, if it begins before `to`.
ByteRange first_in(const Strip& strip, std::int64_t from, std::int64_t to) {
  std::int64_t block = 0;
  if (strip.times > 1 && from >= strip.from + strip.length) block = (from - strip.from - strip.length) / strip.stride + 1;
  if (block >= strip.times) return {};
  const std::int64_t begin = strip.from + block * strip.stride;
  return {std::max(from, begin), std::min(to, begin + strip.length)};
}

bool only_reads(const Access& access) { return access.kind == AccessKind::get || (access.kind == AccessKind::accumulate && access.op == no_op); }

bool is_before(const Access& access, const Order& order) { return access.completed != 0 && access.completed <= order.known[access.origin]; }

bool is_before_all(const World& world, const WindowView& window, const Access& access) {
  for (int rank = 0; rank < most_ranks; ++rank)
    if (holds(window.members & ~window.left, rank) && !is_before(access, world.orders[rank])) return false;
  return true;
}

// Two ranks that hold locks of which one is exclusive come one after the other, whichever is first.
bool exclude_each_other(const Access& a, const Access& b) { return a.origin != b.origin && a.passive && b.passive && (a.exclusive || b.exclusive); }

// The next elements of a loop: one entry is enough for both.
bool continues(const Access& entry, const Access& access) {
  return entry.origin == access.origin && entry.completed == 0 && !entry.requested && !access.requested && entry.kind == access.kind &&
         entry.fetches == access.fetches && entry.passive == access.passive && entry.exclusive == access.exclusive && entry.type == access.type &&
         entry.op == access.op && entry.site.offset == access.site.offset && entry.strip.times == 1 && access.strip.times == 1 &&
         end_of(entry.strip) == access.strip.from;
}

int take(World& world) {
  if (const int index = world.accesses_free; index != 0) {
    world.accesses_free = world.accesses[index].next;
    return index;
  }
  return world.accesses_used + 1 < most_accesses ? ++world.accesses_used : 0;
}

void give_back(World& world, int index) {
  world.accesses[index].next = world.accesses_free;
  world.accesses_free = index;
}

}  // namespace

ByteRange shared_bytes(const Strip& a, const Strip& b) {
  if (a.times > b.times) return shared_bytes(b, a);
  if (a.from >= end_of(b) || b.from >= end_of(a)) return {};
  for (std::int64_t block = 0; block < a.times; ++block) {
    const std::int64_t from = a.from + block * a.stride;
    if (const ByteRange found = first_in(b, from, from + a.length)) return found;
  }
  return {};
}

bool may_overlap(const Access& a, const Access& b) {
  if (only_reads(a) && only_reads(b)) return true;
  if (a.kind != AccessKind::accumulate || b.kind != AccessKind::accumulate || a.origin == b.origin) return a.kind == b.kind && a.kind == AccessKind::accumulate;
  if (a.type == Kind::other || b.type == Kind::other) return true;
  if (a.type != b.type) return false;
  return a.op == b.op || a.op == any_op || b.op == any_op || a.op == no_op || b.op == no_op;
}

int find_conflict(const World& world, int window, int target, const Access& access) {
  for (int at = world.windows[window].accesses[target]; at != 0; at = world.accesses[at].next) {
    const Access& other = world.accesses[at];
    const bool same_call = other.origin == access.origin && other.number == access.number;
    if (same_call || may_overlap(other, access) || is_before(other, world.orders[access.origin]) || exclude_each_other(other, access)) continue;
    if (shared_bytes(other.strip, access.strip)) return at;
  }
  return 0;
}

void remember(World& world, int window, int target, const Access& access) {
  WindowView& view = world.windows[window];
  for (std::int32_t* at = &view.accesses[target]; *at != 0;) {
    Access& entry = world.accesses[*at];
    if (continues(entry, access)) {
      entry.strip.length += access.strip.length;
      return;
    }
    if (is_before_all(world, view, entry)) {
      const int index = *at;
      *at = entry.next;
      give_back(world, index);
    } else {
      at = &entry.next;
    }
  }
  const int index = take(world);
  if (index == 0) return;
  world.accesses[index] = access;
  world.accesses[index].completed = 0;
  world.accesses[index].next = view.accesses[target];
  view.accesses[target] = index;
}

void forget_accesses(World& world, int window, int target) {
  std::int32_t& first = world.windows[window].accesses[target];
  while (first != 0) {
    const int index = first;
    first = world.accesses[index].next;
    give_back(world, index);
  }
}

std::vector<Strip> strips_of(const std::vector<char>& used) {
  std::vector<Strip> strips;
  const auto size = static_cast<std::int64_t>(used.size());
  for (std::int64_t from = 0, to = 0; from < size; from = to) {
    const bool in = used[static_cast<std::size_t>(from)] != 0;
    for (to = from; to < size && (used[static_cast<std::size_t>(to)] != 0) == in; ++to) {
    }
    if (!in) continue;
    if (!strips.empty() && strips.back().length == to - from) {
      Strip& last = strips.back();
      const std::int64_t stride = from - (last.from + (last.times - 1) * last.stride);
      if (last.times == 1 || last.stride == stride) {
        last.stride = stride;
        ++last.times;
        continue;
      }
    }
    strips.push_back({from, to - from, 0, 1});
  }
  return strips;
}

std::vector<Strip> strips_of_elements(const std::vector<Strip>& strips, std::int64_t count, std::int64_t extent, std::int64_t at) {
  std::vector<Strip> all;
  for (const Strip& strip : strips) {
    if (strip.times == 1) {
      const bool dense = extent == strip.length;
      all.push_back({strip.from + at, dense ? strip.length * count : strip.length, extent, dense ? 1 : count});
    } else {
      for (std::int64_t i = 0; i < count; ++i) all.push_back({strip.from + at + i * extent, strip.length, strip.stride, strip.times});
    }
  }
  return all;
}

}  // namespace lockstep::mpiwatch
