// Logical clocks that count messages along the longest chain of ranks that wait for each other. Pure.
//
// Sending costs one step and receiving one step; a sender's acknowledgement comes when the receive begins, as for a synchronous send, so that a
// row of sends to many ranks is as long as it looks: linear over P ranks 2(P-1), a binomial tree 2 log2 P, MPI_Sendrecv in a ring 2, "the lower
// rank sends first" in a ring P + 1. What is shorter than `clocked_bytes` costs nothing: lengths that travel ahead of their data are free.
#pragma once

#include <algorithm>
#include <cstdint>

namespace lockstep::mpiwatch {

inline constexpr std::uint64_t clocked_bytes = 1024;

constexpr std::uint64_t cost_of(std::uint64_t bytes) { return bytes >= clocked_bytes ? 1 : 0; }

// A rank's clock once it has begun to send.
constexpr std::uint64_t after_sending(std::uint64_t own, std::uint64_t bytes) { return own + cost_of(bytes); }
// Once it knows that its message has been received: `sent` and `receiving` are the clocks of the two when they posted.
constexpr std::uint64_t after_acknowledgement(std::uint64_t own, std::uint64_t sent, std::uint64_t receiving, std::uint64_t bytes) {
  return std::max(own, std::max(sent, receiving) + cost_of(bytes));
}
// Once it has received.
constexpr std::uint64_t after_receiving(std::uint64_t own, std::uint64_t sent, std::uint64_t bytes) { return std::max(own, sent) + cost_of(bytes); }

}  // namespace lockstep::mpiwatch
