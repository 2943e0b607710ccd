// Collective operations (MPI 3.1, chapter 5), blocking and nonblocking: compared, met, and then made by the library.
#include <mpi.h>

#include <initializer_list>
#include <string>

#include "harness/inside/mpiwatch/shapes.hpp"
#include "harness/inside/mpiwatch/types.hpp"
#include "harness/inside/mpiwatch/words.hpp"

using namespace lockstep::mpiwatch;

namespace {

Misuse first_of(std::initializer_list<Misuse> checks) {
  for (const Misuse& misuse : checks)
    if (misuse) return misuse;
  return {};
}

std::string root_words(int root) { return "root=" + rank_words(root); }

bool in_place(const void* buffer) { return buffer == MPI_IN_PLACE; }

int size_of(MPI_Comm comm) { return static_cast<int>(communicator_of(comm).peers.size()); }

std::string in_parentheses(const Site& site, const std::string& text) {
  std::string call = site.call;
  return call + "(" + text + ")";
}

// What the two calls of a pair (MPI_Bcast, MPI_Ibcast) share. The communicator is known to be good when they are made.
struct Plan {
  Misuse misuse;
  Shape shape{};
  std::string words{};
};

Plan plan_bcast(const void* data, int count, MPI_Datatype type, int root, MPI_Comm comm) {
  if (const Misuse misuse = first_of({check_root(root, comm), root == MPI_PROC_NULL ? Misuse{} : check_part(data, count, type, false)})) return {misuse};
  if (communicator_of(comm).between) return {{}, shape_of_meeting()};
  return {{}, shape_of_same(count, type, root), data_words(count, type) + ", " + root_words(root)};
}

Plan plan_gather(const void* data, int count, MPI_Datatype type, const void* into, int into_count, const int into_counts[], MPI_Datatype into_type,
                 int root, MPI_Comm comm) {
  if (const Misuse misuse = check_root(root, comm)) return {misuse};
  const bool mine = is_root(root, comm);
  if (communicator_of(comm).between) return {{}, shape_of_meeting()};
  if (const Misuse misuse = check_part(data, count, type, mine)) return {misuse};
  if (mine) {
    if (const Misuse misuse = into_counts != nullptr ? check_counts(into_counts, into_type, comm) : check_part(into, into_count, into_type, false))
      return {misuse};
    if (into_counts == nullptr)
      if (const Misuse misuse = check_apart(data, count, type, into, into_count * size_of(comm), into_type)) return {misuse};
  }
  Side sent{nullptr, count, type, root};
  if (in_place(data)) sent = {};
  return {{}, shape_of_pairs(sent, mine ? Side{into_counts, into_counts != nullptr ? 0 : into_count, into_type} : Side{}, comm, root), root_words(root)};
}

Plan plan_scatter(const void* data, int count, const int counts[], MPI_Datatype type, const void* into, int into_count, MPI_Datatype into_type, int root,
                  MPI_Comm comm) {
  if (const Misuse misuse = check_root(root, comm)) return {misuse};
  const bool mine = is_root(root, comm);
  if (communicator_of(comm).between) return {{}, shape_of_meeting()};
  if (const Misuse misuse = check_part(into, into_count, into_type, mine)) return {misuse};
  if (mine) {
    if (const Misuse misuse = counts != nullptr ? check_counts(counts, type, comm) : check_part(data, count, type, false)) return {misuse};
    if (counts == nullptr)
      if (const Misuse misuse = check_apart(data, count * size_of(comm), type, into, into_count, into_type)) return {misuse};
  }
  Side expected{nullptr, into_count, into_type, root};
  if (in_place(into)) expected = {};
  return {{}, shape_of_pairs(mine ? Side{counts, counts != nullptr ? 0 : count, type} : Side{}, expected, comm, root), root_words(root)};
}

Plan plan_all(const void* data, int count, const int counts[], MPI_Datatype type, const void* into, int into_count, const int into_counts[],
              MPI_Datatype into_type, MPI_Comm comm, bool to_each) {
  if (const Misuse misuse = check_communicator(comm)) return {misuse};
  if (communicator_of(comm).between) return {{}, shape_of_meeting()};
  if (!in_place(data))
    if (const Misuse misuse = counts != nullptr ? check_counts(counts, type, comm) : check_part(data, count, type, true)) return {misuse};
  if (const Misuse misuse = into_counts != nullptr ? check_counts(into_counts, into_type, comm) : check_part(into, into_count, into_type, false))
    return {misuse};
  if (counts == nullptr && into_counts == nullptr)
    if (const Misuse misuse = check_apart(data, to_each ? count * size_of(comm) : count, type, into, into_count * size_of(comm), into_type))
      return {misuse};
  const Side expected{into_counts, into_counts != nullptr ? 0 : into_count, into_type};
  Side sent{counts, counts != nullptr ? 0 : count, type};
  if (in_place(data)) sent = to_each ? expected : Side{nullptr, into_counts != nullptr ? into_counts[communicator_of(comm).rank] : into_count, into_type};
  return {{}, shape_of_pairs(sent, expected, comm), data_words(into_counts != nullptr ? 0 : into_count, into_type) + " of each rank"};
}

Plan plan_reduce(const void* data, const void* into, int count, MPI_Datatype type, MPI_Op op, int root, MPI_Comm comm) {
  if (const Misuse misuse = root == -1 ? check_communicator(comm) : check_root(root, comm)) return {misuse};
  if (communicator_of(comm).between) return {{}, shape_of_meeting()};
  const bool result_here = root == -1 || is_root(root, comm);
  if (const Misuse misuse = first_of({check_op(op), check_part(data, count, type, result_here)})) return {misuse};
  if (result_here)
    if (const Misuse misuse = first_of({check_part(into, count, type, false), check_apart(data, count, type, into, count, type)})) return {misuse};
  return {{}, shape_of_same(count, type, root, op), data_words(count, type) + (root == -1 ? "" : ", " + root_words(root))};
}

Plan plan_reduce_scatter(const void* data, const void* into, const int counts[], MPI_Datatype type, MPI_Op op, MPI_Comm comm) {
  if (const Misuse misuse = check_communicator(comm)) return {misuse};
  if (const Misuse misuse = first_of({check_op(op), check_counts(counts, type, comm)})) return {misuse};
  static_cast<void>(data);
  static_cast<void>(into);
  if (communicator_of(comm).between) return {{}, shape_of_meeting()};
  return {{}, shape_of_counts(counts, type, op, comm), data_words(counts[communicator_of(comm).rank], type) + " for this rank"};
}

Plan plan_barrier(MPI_Comm comm) { return {check_communicator(comm), shape_of_meeting(), ""}; }

}  // namespace

// The two calls of a pair: `parameters` as declared, `arguments` as passed on, `plan` of them.
#define LOCKSTEP_UNWRAP(...) __VA_ARGS__
#define LOCKSTEP_COLLECTIVE(Name, Iname, parameters, arguments, plan_made)                                                                  \
  extern "C" int MPI_##Name(LOCKSTEP_UNWRAP parameters, MPI_Comm comm) {                                                                    \
    const Site site = LOCKSTEP_SITE();                                                                                                      \
    enter(site);                                                                                                                            \
    const Plan plan = plan_made;                                                                                                            \
    if (plan.misuse) return answer(plan.misuse, site, comm, [=] { return PMPI_##Name(LOCKSTEP_UNWRAP arguments, comm); });                  \
    return meet(site, comm, plan.shape, [=] { return PMPI_##Name(LOCKSTEP_UNWRAP arguments, comm); }, in_parentheses(site, plan.words));    \
  }                                                                                                                                         \
  extern "C" int MPI_##Iname(LOCKSTEP_UNWRAP parameters, MPI_Comm comm, MPI_Request* request) {                                             \
    const Site site = LOCKSTEP_SITE();                                                                                                      \
    enter(site);                                                                                                                            \
    const Plan plan = plan_made;                                                                                                            \
    if (plan.misuse) return answer(plan.misuse, site, comm, [=] { return PMPI_##Iname(LOCKSTEP_UNWRAP arguments, comm, request); });        \
    return meet_later(site, comm, plan.shape, [=](MPI_Request* r) { return PMPI_##Iname(LOCKSTEP_UNWRAP arguments, comm, r); }, request); \
  }

extern "C" int MPI_Barrier(MPI_Comm comm) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  const Plan plan = plan_barrier(comm);
  if (plan.misuse) return answer(plan.misuse, site, comm, [=] { return PMPI_Barrier(comm); });
  return meet(site, comm, plan.shape, [=] { return PMPI_Barrier(comm); }, "MPI_Barrier()");
}
extern "C" int MPI_Ibarrier(MPI_Comm comm, MPI_Request* request) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  const Plan plan = plan_barrier(comm);
  if (plan.misuse) return answer(plan.misuse, site, comm, [=] { return PMPI_Ibarrier(comm, request); });
  return meet_later(site, comm, plan.shape, [=](MPI_Request* r) { return PMPI_Ibarrier(comm, r); }, request);
}

LOCKSTEP_COLLECTIVE(Bcast, Ibcast, (void* data, int count, MPI_Datatype type, int root), (data, count, type, root),
                    plan_bcast(data, count, type, root, comm))
LOCKSTEP_COLLECTIVE(Gather, Igather,
                    (const void* data, int count, MPI_Datatype type, void* into, int into_count, MPI_Datatype into_type, int root),
                    (data, count, type, into, into_count, into_type, root),
                    plan_gather(data, count, type, into, into_count, nullptr, into_type, root, comm))
LOCKSTEP_COLLECTIVE(Gatherv, Igatherv,
                    (const void* data, int count, MPI_Datatype type, void* into, const int counts[], const int displacements[],
                     MPI_Datatype into_type, int root),
                    (data, count, type, into, counts, displacements, into_type, root),
                    plan_gather(data, count, type, into, 0, counts, into_type, root, comm))
LOCKSTEP_COLLECTIVE(Scatter, Iscatter,
                    (const void* data, int count, MPI_Datatype type, void* into, int into_count, MPI_Datatype into_type, int root),
                    (data, count, type, into, into_count, into_type, root),
                    plan_scatter(data, count, nullptr, type, into, into_count, into_type, root, comm))
LOCKSTEP_COLLECTIVE(Scatterv, Iscatterv,
                    (const void* data, const int counts[], const int displacements[], MPI_Datatype type, void* into, int into_count,
                     MPI_Datatype into_type, int root),
                    (data, counts, displacements, type, into, into_count, into_type, root),
                    plan_scatter(data, 0, counts, type, into, into_count, into_type, root, comm))
LOCKSTEP_COLLECTIVE(Allgather, Iallgather, (const void* data, int count, MPI_Datatype type, void* into, int into_count, MPI_Datatype into_type),
                    (data, count, type, into, into_count, into_type),
                    plan_all(data, count, nullptr, type, into, into_count, nullptr, into_type, comm, false))
LOCKSTEP_COLLECTIVE(Allgatherv, Iallgatherv,
                    (const void* data, int count, MPI_Datatype type, void* into, const int counts[], const int displacements[],
                     MPI_Datatype into_type),
                    (data, count, type, into, counts, displacements, into_type),
                    plan_all(data, count, nullptr, type, into, 0, counts, into_type, comm, false))
LOCKSTEP_COLLECTIVE(Alltoall, Ialltoall, (const void* data, int count, MPI_Datatype type, void* into, int into_count, MPI_Datatype into_type),
                    (data, count, type, into, into_count, into_type),
                    plan_all(data, count, nullptr, type, into, into_count, nullptr, into_type, comm, true))
LOCKSTEP_COLLECTIVE(Alltoallv, Ialltoallv,
                    (const void* data, const int counts[], const int displacements[], MPI_Datatype type, void* into, const int into_counts[],
                     const int into_displacements[], MPI_Datatype into_type),
                    (data, counts, displacements, type, into, into_counts, into_displacements, into_type),
                    plan_all(data, 0, counts, type, into, 0, into_counts, into_type, comm, true))
LOCKSTEP_COLLECTIVE(Alltoallw, Ialltoallw,
                    (const void* data, const int counts[], const int displacements[], const MPI_Datatype types[], void* into,
                     const int into_counts[], const int into_displacements[], const MPI_Datatype into_types[]),
                    (data, counts, displacements, types, into, into_counts, into_displacements, into_types), plan_barrier(comm))
LOCKSTEP_COLLECTIVE(Reduce, Ireduce, (const void* data, void* into, int count, MPI_Datatype type, MPI_Op op, int root),
                    (data, into, count, type, op, root), plan_reduce(data, into, count, type, op, root, comm))
LOCKSTEP_COLLECTIVE(Allreduce, Iallreduce, (const void* data, void* into, int count, MPI_Datatype type, MPI_Op op), (data, into, count, type, op),
                    plan_reduce(data, into, count, type, op, -1, comm))
LOCKSTEP_COLLECTIVE(Scan, Iscan, (const void* data, void* into, int count, MPI_Datatype type, MPI_Op op), (data, into, count, type, op),
                    plan_reduce(data, into, count, type, op, -1, comm))
LOCKSTEP_COLLECTIVE(Exscan, Iexscan, (const void* data, void* into, int count, MPI_Datatype type, MPI_Op op), (data, into, count, type, op),
                    plan_reduce(data, into, count, type, op, -1, comm))
LOCKSTEP_COLLECTIVE(Reduce_scatter, Ireduce_scatter, (const void* data, void* into, const int counts[], MPI_Datatype type, MPI_Op op),
                    (data, into, counts, type, op), plan_reduce_scatter(data, into, counts, type, op, comm))
LOCKSTEP_COLLECTIVE(Reduce_scatter_block, Ireduce_scatter_block, (const void* data, void* into, int count, MPI_Datatype type, MPI_Op op),
                    (data, into, count, type, op), (Plan{first_of({check_communicator(comm), check_op(op), check_part(into, count, type, false)}),
                                                         shape_of_same(count, type, -1, op), data_words(count, type) + " for each rank"}))
LOCKSTEP_COLLECTIVE(Neighbor_allgather, Ineighbor_allgather,
                    (const void* data, int count, MPI_Datatype type, void* into, int into_count, MPI_Datatype into_type),
                    (data, count, type, into, into_count, into_type), plan_barrier(comm))
LOCKSTEP_COLLECTIVE(Neighbor_allgatherv, Ineighbor_allgatherv,
                    (const void* data, int count, MPI_Datatype type, void* into, const int counts[], const int displacements[],
                     MPI_Datatype into_type),
                    (data, count, type, into, counts, displacements, into_type), plan_barrier(comm))
LOCKSTEP_COLLECTIVE(Neighbor_alltoall, Ineighbor_alltoall,
                    (const void* data, int count, MPI_Datatype type, void* into, int into_count, MPI_Datatype into_type),
                    (data, count, type, into, into_count, into_type), plan_barrier(comm))
LOCKSTEP_COLLECTIVE(Neighbor_alltoallv, Ineighbor_alltoallv,
                    (const void* data, const int counts[], const int displacements[], MPI_Datatype type, void* into, const int into_counts[],
                     const int into_displacements[], MPI_Datatype into_type),
                    (data, counts, displacements, type, into, into_counts, into_displacements, into_type), plan_barrier(comm))
