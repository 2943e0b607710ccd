// Which send meets which receive (MPI 3.1, 3.5): per communicator, source and tag, in the order of posting. Pure.
#pragma once

#include <cstddef>
#include <vector>

#include "harness/inside/mpiwatch/world.hpp"

namespace lockstep::mpiwatch {

// Posts a message and matches it if its counterpart is there already. Returns its index, 0 if there is no room for more.
int post(World& world, const Operation& operation);

// The first message that a receive or probe would get now; 0 if there is none.
int find_message(const World& world, const Operation& receive);
// Takes a message for a later receive of its own (MPI_Mprobe): no other receive gets it. `receive` is then matched with it by `match_taken`.
void take_message(World& world, int send);
int match_taken(World& world, const Operation& receive, int send);

// Withdraws one that is not matched. Returns whether it was withdrawn.
bool withdraw(World& world, int index);
// The owner has no more use for it. It stays until its partner's owner has none either, and a message until it has been received.
void release(World& world, int index);

// Is there a message for a forced receive or probe, if it may come from anybody?
bool could_be_served(const World& world, const Operation& forced);

// A message, or a receive, that would have met this one but for its tag, communicator or rank; 0 if there is none.
int find_near_miss(const World& world, const Operation& operation);

// The last messages that one of the ranks has sent or received, at most so many, in the order in which they met their receives.
std::vector<Exchange> last_exchanges(const World& world, Mask ranks, std::size_t most);

}  // namespace lockstep::mpiwatch
