// The epochs of one rank on one window (MPI 3.1, 11.5): what may be opened, closed and done when. Access epochs must not overlap each other, and
// exposure epochs neither; an access epoch may overlap an exposure epoch. Pure.
//
// Ranks are ranks in the world.
#pragma once

#include <string>

#include "harness/inside/mpiwatch/world.hpp"

namespace lockstep::mpiwatch {

struct Epochs {
  bool fenced = false;     // the last fence may have opened an epoch
  bool accessed = false;   // since that fence, so that it has
  bool starts = false;     // between MPI_Win_start and MPI_Win_complete
  bool exposes = false;    // between MPI_Win_post and MPI_Win_wait
  bool locks_all = false;
  bool locks_allowed = true;  // the window was not made with no_locks
  Mask targets = 0;           // of the start
  Mask origins = 0;           // of the post
  Mask locked = 0, exclusive = 0;
  Site fence{}, start{}, post{}, lock_all{};
  Site locks[most_ranks]{};
};

// What is wrong with a call, as the end of a sentence that begins with it; `by`: the call that comes behind that, if there is one.
struct Breach {
  std::string what;  // "locks it a second time; the first lock is"
  Site by{};
  explicit operator bool() const { return !what.empty(); }
};

// Each changes nothing if something is wrong.
Breach pass_fence(Epochs& epochs, const Site& site, bool no_accesses_before, bool none_after);
Breach open_start(Epochs& epochs, const Site& site, Mask targets);
Breach close_start(Epochs& epochs);
Breach open_post(Epochs& epochs, const Site& site, Mask origins);
Breach close_post(Epochs& epochs);
Breach open_lock(Epochs& epochs, const Site& site, int target, bool exclusive);
Breach close_lock(Epochs& epochs, int target);
Breach open_lock_all(Epochs& epochs, const Site& site);
Breach close_lock_all(Epochs& epochs);

Breach note_access(Epochs& epochs, int target, bool requested);  // `requested`: MPI_Rput and its kin, which need a lock
Breach check_flush(const Epochs& epochs, int target);
Breach check_flush_all(const Epochs& epochs);
Breach find_open(const Epochs& epochs);  // when the window is freed, or MPI ends

inline bool is_passive(const Epochs& epochs, int target) { return epochs.locks_all || holds(epochs.locked, target); }

}  // namespace lockstep::mpiwatch
