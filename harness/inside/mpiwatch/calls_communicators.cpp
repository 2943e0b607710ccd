// Calls that make and free communicators (MPI 3.1, chapter 6), and topologies (chapter 7). All of them need every rank of the old communicator before
// any can leave, but MPI_Comm_create_group, which needs those of the group.
#include <mpi.h>

#include <map>

#include "harness/inside/mpiwatch/shapes.hpp"

using namespace lockstep::mpiwatch;

namespace {

// Meets, makes, and gives the new communicator a number that all of its members compute alike.
template <class Make>
int make_from(const Site& site, MPI_Comm comm, MPI_Comm* made, const Make& make) {
  enter(site);
  if (const Misuse misuse = check_communicator(comm)) return answer(misuse, site, comm, make);
  const Communicator& old = communicator_of(comm);
  const std::uint64_t id = old.id;
  const int rc = meet(site, comm, shape_of_meeting(), make, std::string(site.call) + "()");
  if (rc == MPI_SUCCESS) note_communicator(*made, mixed(id, communicator_of(comm).collectives), site, true);
  return rc;
}

}  // namespace

extern "C" {

int MPI_Comm_dup(MPI_Comm comm, MPI_Comm* made) {
  return make_from(LOCKSTEP_SITE(), comm, made, [=] { return PMPI_Comm_dup(comm, made); });
}
int MPI_Comm_dup_with_info(MPI_Comm comm, MPI_Info info, MPI_Comm* made) {
  return make_from(LOCKSTEP_SITE(), comm, made, [=] { return PMPI_Comm_dup_with_info(comm, info, made); });
}
int MPI_Comm_split(MPI_Comm comm, int color, int key, MPI_Comm* made) {
  return make_from(LOCKSTEP_SITE(), comm, made, [=] { return PMPI_Comm_split(comm, color, key, made); });
}
int MPI_Comm_split_type(MPI_Comm comm, int type, int key, MPI_Info info, MPI_Comm* made) {
  return make_from(LOCKSTEP_SITE(), comm, made, [=] { return PMPI_Comm_split_type(comm, type, key, info, made); });
}
int MPI_Comm_create(MPI_Comm comm, MPI_Group group, MPI_Comm* made) {
  return make_from(LOCKSTEP_SITE(), comm, made, [=] { return PMPI_Comm_create(comm, group, made); });
}
int MPI_Cart_create(MPI_Comm comm, int dimensions, const int sizes[], const int periodic[], int reorder, MPI_Comm* made) {
  return make_from(LOCKSTEP_SITE(), comm, made, [=] { return PMPI_Cart_create(comm, dimensions, sizes, periodic, reorder, made); });
}
int MPI_Cart_sub(MPI_Comm comm, const int remain[], MPI_Comm* made) {
  return make_from(LOCKSTEP_SITE(), comm, made, [=] { return PMPI_Cart_sub(comm, remain, made); });
}
int MPI_Graph_create(MPI_Comm comm, int nodes, const int index[], const int edges[], int reorder, MPI_Comm* made) {
  return make_from(LOCKSTEP_SITE(), comm, made, [=] { return PMPI_Graph_create(comm, nodes, index, edges, reorder, made); });
}
int MPI_Dist_graph_create(MPI_Comm comm, int count, const int nodes[], const int degrees[], const int targets[], const int weights[], MPI_Info info,
                          int reorder, MPI_Comm* made) {
  return make_from(LOCKSTEP_SITE(), comm, made,
                   [=] { return PMPI_Dist_graph_create(comm, count, nodes, degrees, targets, weights, info, reorder, made); });
}
int MPI_Dist_graph_create_adjacent(MPI_Comm comm, int in, const int sources[], const int in_weights[], int out, const int targets[],
                                   const int out_weights[], MPI_Info info, int reorder, MPI_Comm* made) {
  return make_from(LOCKSTEP_SITE(), comm, made, [=] {
    return PMPI_Dist_graph_create_adjacent(comm, in, sources, in_weights, out, targets, out_weights, info, reorder, made);
  });
}
int MPI_Intercomm_merge(MPI_Comm comm, int high, MPI_Comm* made) {
  return make_from(LOCKSTEP_SITE(), comm, made, [=] { return PMPI_Intercomm_merge(comm, high, made); });
}

int MPI_Comm_create_group(MPI_Comm comm, MPI_Group group, int tag, MPI_Comm* made) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  const int rc = PMPI_Comm_create_group(comm, group, tag, made);
  if (rc != MPI_SUCCESS || *made == MPI_COMM_NULL) return rc;
  Communicator& old = communicator_of(comm);
  note_communicator(*made, 0, site, true);
  const std::uint64_t group_and_tag = mixed(communicator_of(*made).id, static_cast<std::uint64_t>(tag));
  note_communicator(*made, mixed(old.id, mixed(group_and_tag, static_cast<std::uint64_t>(++old.groups[group_and_tag]))), site, true);
  return rc;
}

// Each side meets first; the leaders' messages are the library's own.
int MPI_Intercomm_create(MPI_Comm local, int leader, MPI_Comm bridge, int remote_leader, int tag, MPI_Comm* made) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  if (const Misuse misuse = check_communicator(local))
    return answer(misuse, site, local, [=] { return PMPI_Intercomm_create(local, leader, bridge, remote_leader, tag, made); });
  const int rc = meet(site, local, shape_of_meeting(leader), [=] { return PMPI_Intercomm_create(local, leader, bridge, remote_leader, tag, made); },
                      "MPI_Intercomm_create()");
  static std::map<std::uint64_t, std::uint64_t> times;
  if (rc != MPI_SUCCESS) return rc;
  note_communicator(*made, static_cast<std::uint64_t>(tag) + 1000, site, true);
  const std::uint64_t id = communicator_of(*made).id;
  note_communicator(*made, mixed(id, ++times[id]), site, true);
  return rc;
}

int MPI_Comm_free(MPI_Comm* comm) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  if (const Misuse misuse = check_communicator(*comm)) return answer(misuse, site, *comm, [=] { return PMPI_Comm_free(comm); });
  if (*comm == MPI_COMM_WORLD || *comm == MPI_COMM_SELF)
    report_and_end("communicator", own_words() + ": " + call_words(site) + " frees a communicator that MPI itself has made.");
  forget_communicator(*comm);
  return PMPI_Comm_free(comm);
}

int MPI_Comm_disconnect(MPI_Comm* comm) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  if (const Misuse misuse = check_communicator(*comm)) return answer(misuse, site, *comm, [=] { return PMPI_Comm_disconnect(comm); });
  forget_communicator(*comm);
  return PMPI_Comm_disconnect(comm);
}

int MPI_Comm_rank(MPI_Comm comm, int* rank) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  if (const Misuse misuse = check_communicator(comm)) return answer(misuse, site, comm, [=] { return PMPI_Comm_rank(comm, rank); });
  return PMPI_Comm_rank(comm, rank);
}

int MPI_Comm_size(MPI_Comm comm, int* size) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  if (const Misuse misuse = check_communicator(comm)) return answer(misuse, site, comm, [=] { return PMPI_Comm_size(comm, size); });
  return PMPI_Comm_size(comm, size);
}

}  // extern "C"
