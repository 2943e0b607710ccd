// Removes what a user of a slot has left on the machine. Only needed where namespaces do not: after a run without them, and after a lockstep
// that was killed in the middle of such a run.
#pragma once

#include <sys/types.h>

namespace lockstep::run {

// Boxes whose lockstep was killed before they had begun: bubblewrap's child waits for a word of its parent, and nothing has tied its life to that yet.
void remove_orphaned_boxes();

// Processes, POSIX shared memory and System V objects of `uid`, which must be a slot's and no person's. Needs root.
void remove_leftovers(uid_t uid);

}  // namespace lockstep::run
