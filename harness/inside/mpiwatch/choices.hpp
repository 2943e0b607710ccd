// Choices that the standard leaves open, and that can be forced so that others than the first one at hand are tried (harness/pipeline/mpi_explore.cpp):
// which message a receive or probe from anybody gets (MPI 3.1, 3.5 and 3.8), and which of several requests MPI_Waitany and its kin find complete
// (3.7.5). A receive of any tag from one source has no choice: messages do not overtake each other.
//
// Each rank counts its choices from 1. LOCKSTEP_CHOICES says which are forced: "RANK:NUMBER=VALUE;...", with ranks of the world; the value is the source,
// or the index of the request, or `all_requests`. What is forced is waited for. If it can never happen, although the rank could go on with another
// choice, the run ends without a verdict (blocking.cpp).
#pragma once

#include <optional>
#include <vector>

#include "harness/inside/mpiwatch/world.hpp"

namespace lockstep::mpiwatch {

inline constexpr int all_requests = -1;

int count_choice();                  // the number of the choice that this rank makes now
std::optional<int> forced(int number);

// For a receive or probe from anybody that is about to be posted: makes it wait for the source that was chosen, if one was. Returns its number.
int apply_choice(Operation& operation);

bool explores();  // the run is one of those: what it chooses must be something that can be forced

// With LOCKSTEP_EXPLORE: what was received or found complete goes on record. `number`: of the choice; 0 if there was none.
void note_received(int number, const Operation& receive, const Operation& send);
void note_completed(int number, int chosen, const std::vector<int>& possible);

}  // namespace lockstep::mpiwatch
