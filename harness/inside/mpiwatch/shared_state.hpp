// What the ranks of one launch know about each other without MPI: a page of memory that all of them map.
#pragma once

#include <atomic>
#include <cstdint>

namespace lockstep::mpiwatch {

inline constexpr int most_ranks = 64;

// How a launch that cannot go on ends: the exit status of every rank, and so mpirun's.
inline constexpr int status_of_hang = 93;
inline constexpr int status_of_mpi_error = 94;

enum class State : std::uint32_t { running, blocked, finished };  // blocked: inside an MPI call that cannot return yet

// A rank's place in the current case. Cases are numbered over the whole launch, from 1; every rank counts alike ("turn").
struct alignas(64) Slot {
  std::atomic<std::uint64_t> place{0};       // turn * 4 + State: one word, so that both are read together
  std::atomic<std::uint64_t> moves{0};       // grows whenever the rank begins or ends an MPI call, or a case
  std::atomic<std::uint64_t> polls{0};       // times that the rank let MPI make progress and found its call not complete
  std::atomic<std::uint64_t> bytes{0};       // of messages that the rank has begun to send or receive in this case
  std::atomic<std::uint64_t> entered{0};     // last turn in which a blocking call had been posted
  std::atomic<std::uint64_t> aside{0};       // last turn in which the rank let others go first
  std::atomic<std::uint64_t> left_early{0};  // last turn that the rank left by an exception or a fatal failure
};

struct Shared {
  std::atomic<std::uint32_t> cases_finished{0};    // a futex; ranks that are not in the case sleep on it
  std::atomic<std::uint32_t> members_finished{0};  // of the current case
  std::atomic<std::uint32_t> failed_turn{0};       // last turn with a failure on some rank
  std::atomic<std::uint32_t> hung{0};              // a hang was proven: every rank reports and ends
  std::atomic<std::uint32_t> reported{0};
  // Outcome of each case, turn * 2 + failed, kept long enough for the slowest rank to read it.
  std::atomic<std::uint32_t> outcomes[4096];
  Slot slots[most_ranks];  // by rank in the world
};

// Called once by all ranks together, after MPI_Init: `broadcast` sends `size` bytes from rank 0 to all, `meet` is a barrier. The object has no
// name any more when this returns, so nothing stays behind whatever ends the launch. Throws std::system_error.
void map_shared_state(int world_rank, void (*broadcast)(char* name, int size), void (*meet)());
Shared& shared();

void sleep_while(std::atomic<std::uint32_t>& word, std::uint32_t value);  // futex(2); wakes also after 20 ms, so ask again
void wake_all(std::atomic<std::uint32_t>& word);

}  // namespace lockstep::mpiwatch
