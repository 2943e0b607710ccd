// What the ranks of one launch know about each other without MPI: a page of memory that all of them map.
#pragma once

#include <atomic>
#include <cstdint>

#include "harness/inside/mpiwatch/world.hpp"

namespace lockstep::mpiwatch {

// How a launch that cannot go on ends: the exit status of every rank, and so mpirun's.
inline constexpr int status_of_hang = 93;
inline constexpr int status_of_mpi_error = 94;

// A rank's place in the current case. Cases are numbered over the whole launch, from 1; every rank counts alike ("turn").
struct alignas(64) Slot {
  std::atomic<std::uint64_t> entered{0};     // last turn in which the rank has posted something or waited
  std::atomic<std::uint64_t> finished{0};    // last turn that the rank is through with
  std::atomic<std::uint64_t> aside{0};       // last turn in which the rank let others go first
  std::atomic<std::uint64_t> left_early{0};  // last turn that the rank left by an exception or a fatal failure
  std::atomic<std::uint64_t> sent{0};        // messages that it has begun to send in this case, and their bytes
  std::atomic<std::uint64_t> sent_long{0};   // those of at least clocked_bytes
  std::atomic<std::uint64_t> sent_bytes{0};
  std::atomic<std::uint64_t> received_bytes{0};
  std::atomic<std::uint64_t> collectives{0};
  std::atomic<std::uint64_t> clock{0};  // when it was through with the case
};

struct Shared {
  std::atomic<std::uint32_t> cases_finished;    // a futex; ranks that are not in the case sleep on it
  std::atomic<std::uint32_t> members_finished;  // of the current case
  std::atomic<std::uint32_t> failed_turn;       // last turn with a failure on some rank
  std::atomic<std::uint32_t> hung;              // a deadlock was proven: the ranks in it report and end
  std::atomic<std::uint32_t> unsafe;            // the deadlock needs short sends to wait, which libraries let go on
  std::atomic<std::uint32_t> stopped;           // a rank ends the launch for another reason: the others say nothing
  std::atomic<Mask> deadlocked, reported;
  std::atomic<std::uint32_t> lock;              // of `world`
  // Outcome of each case, turn * 2 + failed, kept long enough for the slowest rank to read it.
  std::atomic<std::uint32_t> outcomes[4096];
  Slot slots[most_ranks];  // by rank in the world
  World world;
};

// The world, while nobody else changes it.
class LockedWorld {
 public:
  LockedWorld();
  ~LockedWorld();
  LockedWorld(const LockedWorld&) = delete;
  LockedWorld& operator=(const LockedWorld&) = delete;
  World* operator->() const;
  World& operator*() const;
};

// Called once by all ranks together, after MPI_Init: `broadcast` sends `size` bytes from rank 0 to all, `meet` is a barrier. The object has no
// name any more when this returns, so nothing stays behind whatever ends the launch. Throws std::system_error.
void map_shared_state(int world_rank, void (*broadcast)(char* name, int size), void (*meet)());
Shared& shared();

void sleep_while(std::atomic<std::uint32_t>& word, std::uint32_t value);  // futex(2); wakes also after 20 ms, so ask again
void wake_all(std::atomic<std::uint32_t>& word);

}  // namespace lockstep::mpiwatch
