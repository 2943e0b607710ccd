// The proof that the ranks of a case wait for each other for ever, and what follows from it.
//
// Every member of the case is inside a blocking call that is not complete, or is through with its part; so none can begin a communication any
// more, and only messages already under way could complete a call. Messages move only when ranks let MPI progress, which waiting ranks do at
// every look. A *round* is a time in which every member has looked several times. A message needs at most a few rounds per fragment (request,
// answer, fragment, acknowledgement; a fragment of the shared-memory transport is 32 KiB). So when nobody's state has changed for many more
// rounds than all bytes that members began to transfer in this case could need, nothing is under way, and no call will ever complete. The proof
// counts looks and never asks a clock: a machine under load makes it slower, not wrong.
#pragma once

#include <string>

namespace lockstep::mpiwatch {

// Returns whether all members wait or are through. Marks the launch as hung once that is proven to last for ever.
bool look_for_hang();

// On every rank of a hung launch: reports what this rank waits in, unless another rank left the case early (then its failure, already reported,
// is the cause), meets the other ranks and ends the process with status_of_hang. `call`: empty on a rank that is not in the case.
[[noreturn]] void report_hang_and_end(const std::string& call);

}  // namespace lockstep::mpiwatch
