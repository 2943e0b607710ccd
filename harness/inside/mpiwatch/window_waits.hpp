// Calls about windows that wait for other ranks: which ones must do something first. Pure.
//
// Whether MPI_Win_start waits for the posts and MPI_Win_lock for the lock, or only a later call of the epoch does, is the library's choice (MPI 3.1,
// 11.5.2 and 11.5.3); a right program goes on either way. So here they wait, as sends do for their receives.
#pragma once

#include "harness/inside/mpiwatch/world.hpp"

namespace lockstep::mpiwatch {

constexpr bool is_window_wait(int item) { return item >= most_operations; }
constexpr int item_of_window_wait(int rank) { return most_operations + rank; }

// All of these must post, complete or unlock before the rank goes on. Empty: it can.
Mask awaited_ranks(const World& world, int rank, const WindowWait& wait);
inline Mask awaited_ranks(const World& world, int item) { return awaited_ranks(world, item - most_operations, world.window_waits[item - most_operations]); }

// Once nobody is awaited any more: begins the epochs, or takes the locks.
void begin_epochs(World& world, int rank, const WindowWait& wait);

void open_exposure(World& world, int window, int target, Mask origins);         // MPI_Win_post
void close_exposure(World& world, int window, int target);                      // MPI_Win_wait
void complete_epochs(World& world, int window, int origin, Mask targets);       // MPI_Win_complete
void unlock(World& world, int window, int holder, Mask targets);
void add(Order& to, const Order& what);

// The window with that identity, a new one if there is none; 0 if there is no room.
int find_window(World& world, std::uint64_t id, Mask members);
void leave_window(World& world, int window, int rank);

}  // namespace lockstep::mpiwatch
