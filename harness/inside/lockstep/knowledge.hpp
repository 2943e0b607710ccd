// Happens-before, as synchronisation passes it on ([intro.races]).
#pragma once

#include "harness/inside/lockstep/engine.hpp"

namespace lockstep::engine {

// The current task learns what `from` knows.
inline void acquire(const VectorClock& from) { self->clock.join(from); }

// What the current task knows goes into `into`; what it does from now on is later.
inline void release_to(VectorClock& into) {
  into.join(self->clock);
  ++self->clock.at[self->id];
}

}  // namespace lockstep::engine
