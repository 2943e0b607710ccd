#include "harness/inside/mpiwatch/communicators.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "harness/inside/mpiwatch/self.hpp"

namespace lockstep::mpiwatch {
namespace {

std::map<MPI_Comm, Communicator>& known() {
  static auto* all = new std::map<MPI_Comm, Communicator>;
  return *all;
}

std::set<MPI_Comm>& freed() {
  static auto* all = new std::set<MPI_Comm>;
  return *all;
}

std::vector<int> world_ranks(MPI_Group group) {
  int size = 0;
  PMPI_Group_size(group, &size);
  std::vector<int> inside(static_cast<std::size_t>(size)), outside(static_cast<std::size_t>(size));
  std::iota(inside.begin(), inside.end(), 0);
  if (size > 0) PMPI_Group_translate_ranks(group, size, inside.data(), self().everyone, outside.data());
  return outside;
}

Mask mask_of(const std::vector<int>& ranks) {
  Mask mask = 0;
  for (const int rank : ranks)
    if (rank >= 0 && rank < most_ranks) mask |= only(rank);
  return mask;
}

}  // namespace

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {  // SplitMix64's finaliser
  std::uint64_t z = a * 0x9e3779b97f4a7c15ULL + b + 0x7f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

Mask mask_of(MPI_Group group) { return mask_of(world_ranks(group)); }

Mask Communicator::peer_mask() const { return mask_of(peers); }

int Communicator::peer_of_world(int world_rank) const {
  const auto found = std::find(peers.begin(), peers.end(), world_rank);
  return found == peers.end() ? -1 : static_cast<int>(found - peers.begin());
}

void note_communicator(MPI_Comm made, std::uint64_t seed, const Site& site, bool students) {
  if (made == MPI_COMM_NULL) return;
  Communicator communicator;
  MPI_Group group = MPI_GROUP_NULL;
  PMPI_Comm_group(made, &group);
  communicator.members = world_ranks(group);
  PMPI_Group_free(&group);
  int between = 0;
  PMPI_Comm_test_inter(made, &between);
  communicator.between = between != 0;
  if (between) {
    PMPI_Comm_remote_group(made, &group);
    communicator.peers = world_ranks(group);
    PMPI_Group_free(&group);
  } else {
    communicator.peers = communicator.members;
  }
  PMPI_Comm_rank(made, &communicator.rank);
  communicator.everyone = mask_of(communicator.members) | mask_of(communicator.peers);
  std::vector<int> order = communicator.members;
  if (between) order = {static_cast<int>(communicator.everyone >> 32), static_cast<int>(communicator.everyone)};  // both sides alike
  for (const int rank : order) seed = mixed(seed, static_cast<std::uint64_t>(rank));
  communicator.id = seed;
  communicator.made = site;
  communicator.students = students;
  freed().erase(made);
  known()[made] = communicator;
}

Communicator& communicator_of(MPI_Comm comm) {
  const auto found = known().find(comm);
  if (found != known().end()) return found->second;
  note_communicator(comm, comm == MPI_COMM_WORLD ? 1 : comm == MPI_COMM_SELF ? 2 : 3, {}, false);
  return known()[comm];
}

bool is_known(MPI_Comm comm) { return known().contains(comm); }

void forget_communicator(MPI_Comm comm) {
  // What is still under way on it refers to it.
  static auto* kept = new std::vector<std::map<MPI_Comm, Communicator>::node_type>;
  if (auto node = known().extract(comm)) kept->push_back(std::move(node));
  freed().insert(comm);
}

bool was_freed(MPI_Comm comm) { return freed().contains(comm); }
const std::map<MPI_Comm, Communicator>& known_communicators() { return known(); }

}  // namespace lockstep::mpiwatch
