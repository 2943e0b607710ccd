// Which accesses to the memory of a window conflict (MPI 3.1, 11.7): two that share a byte, of which one writes, and of which neither is complete before
// the other begins. Pure.
//
// Complete means known to be: its origin has ended the epoch or flushed, and that came before by messages, collective calls, locks, posts, or anything
// that the other rank may have read from a window meanwhile. What a rank loads and stores by itself is not seen, so whoever reads a window, or owns it,
// is taken to know all that its writers knew. Nothing that could be ordered is called a conflict.
#pragma once

#include <vector>

#include "harness/inside/mpiwatch/world.hpp"

namespace lockstep::mpiwatch {

// The first bytes that both have in common: from `from` to before `to`.
struct ByteRange {
  std::int64_t from = 0, to = 0;
  explicit operator bool() const { return from < to; }
};
ByteRange shared_bytes(const Strip& a, const Strip& b);

// May both be under way at the same time? Accumulates of one operation may (11.7.1), and those of one origin, which are ordered (11.7.2).
bool may_overlap(const Access& a, const Access& b);

// An access of another call that conflicts with this one, which begins now; 0 if there is none.
int find_conflict(const World& world, int window, int target, const Access& access);
// Keeps it for those to come. If there is no room for more it is forgotten: then less is found.
void remember(World& world, int window, int target, const Access& access);

// The origin has completed those of its accesses to the target for which `which` holds.
template <class Predicate>
void complete_accesses(World& world, int window, int target, int origin, Predicate which) {
  for (int at = world.windows[window].accesses[target]; at != 0; at = world.accesses[at].next) {
    Access& access = world.accesses[at];
    if (access.origin == origin && access.completed == 0 && which(access)) access.completed = world.orders[origin].known[origin];
  }
}
void forget_accesses(World& world, int window, int target);

// The bytes for which `used` holds, as few strips as a simple look finds.
std::vector<Strip> strips_of(const std::vector<char>& used);
// `count` elements of these strips, each `extent` behind the one before, from `at` on.
std::vector<Strip> strips_of_elements(const std::vector<Strip>& strips, std::int64_t count, std::int64_t extent, std::int64_t at);

}  // namespace lockstep::mpiwatch
