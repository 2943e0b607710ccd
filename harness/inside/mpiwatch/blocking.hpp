// How a blocking call of the student's waits: it looks again and again whether it is over, and lets everything that is under way move on. What it
// waits for stands in the shared world, so that every rank can see when nobody can go on any more (wait_graph.hpp).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/inside/mpiwatch/world.hpp"

namespace lockstep::mpiwatch {

struct Awaited {
  std::vector<int> items;  // as in RankView
  bool any = false;
  int chosen = 0;
};
using Words = std::function<std::string()>;  // the call as the student wrote it; asked for only when it matters

// Returns when `done` says so. If that can never be, and somebody in the case can prove it, all that are concerned report and the process ends.
void wait_until(const std::function<bool()>& done, const std::function<Awaited()>& awaited, const Words& words);

void move_on();        // lets messages that are under way progress
void look_in_vain();   // MPI_Test and its kin, when nothing was complete: whoever asks again and again must not keep the others from working
void look_for_ends();  // ends this process if another rank has ended the launch

// The blocking call that this rank is in, for messages; empty outside of one.
std::string call_in_words();

// On a rank of a launch in which a deadlock was proven: reports what this rank waits in, unless a failure on another rank is the cause and has been
// reported; meets the others and ends the process with status_of_hang. `call`: empty on a rank that is not in the case.
[[noreturn]] void report_hang_and_end(const std::string& call);

}  // namespace lockstep::mpiwatch
