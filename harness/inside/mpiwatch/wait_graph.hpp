// Who can never go on. An AND/OR graph of waits, decided by release to a fixed point: whoever runs may do anything; whoever waits for one of
// several goes on as soon as one of them can, who waits for all needs all of them (signal reduction, as in the MUST tool). Ranks that are finished or
// gone never do anything again. So what is left waits for ever, whatever the others do: there is no guess in it, and no time. Pure.
#pragma once

#include <string>

#include "harness/inside/mpiwatch/world.hpp"

namespace lockstep::mpiwatch {

bool is_satisfied(const World& world, int rank);  // what the rank waits for has happened: it is about to go on

// Of `members`, those whose wait can never end. Empty: nothing is proven.
Mask find_deadlocked(const World& world, Mask members);

// The same whatever is chosen where a choice is forced (choices.hpp). Whom only find_deadlocked names waits for a choice that cannot be made.
Mask find_deadlocked_unforced(const World& world, Mask members);

// Do they wait only because short sends do, so that a library that takes those over lets all of them go on? A send to a rank that is through, or that
// waits for another message instead, helps nobody.
bool is_unsafe(const World& world, Mask deadlocked);

// The ranks that could end the wait of `rank` but cannot go on or are through, for messages.
Mask waits_for(const World& world, int rank);

}  // namespace lockstep::mpiwatch
