// Communicators as all ranks know them: a number that every member computes alike, without a message, and who is in it.
#pragma once

#include <mpi.h>

#include <cstdint>
#include <map>
#include <vector>

#include "harness/inside/mpiwatch/world.hpp"

namespace lockstep::mpiwatch {

struct Communicator {
  std::uint64_t id = 0;
  int rank = 0;
  std::vector<int> members;       // ranks in the world, by rank in the communicator: its own group
  std::vector<int> peers;         // whom messages go to and come from: the remote group of an inter-communicator, else the members
  Mask everyone = 0;              // of both groups
  bool between = false;           // an inter-communicator
  std::uint64_t collectives = 0;  // collective calls that this rank has made on it
  std::map<std::uint64_t, int> groups;  // communicators made from it by MPI_Comm_create_group, by group and tag
  Site made{};
  bool students = false;          // a call of the student's made it: it must free it

  Mask peer_mask() const;
  int peer_of_world(int world_rank) const;  // its rank among the peers; -1 if it is none
};

// Of a valid handle. A communicator that no wrapped call has made is taken in when it is first used.
Communicator& communicator_of(MPI_Comm comm);
bool is_known(MPI_Comm comm);

// `seed`: the same on all members and on no other communicator of these members.
void note_communicator(MPI_Comm made, std::uint64_t seed, const Site& site, bool students);
void forget_communicator(MPI_Comm comm);
bool was_freed(MPI_Comm comm);  // a handle that the student has freed, and that has not come again
const std::map<MPI_Comm, Communicator>& known_communicators();

Mask mask_of(MPI_Group group);  // its ranks in the world

std::uint64_t mixed(std::uint64_t a, std::uint64_t b);  // a hash of both

}  // namespace lockstep::mpiwatch
