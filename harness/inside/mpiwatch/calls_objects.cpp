// Datatypes, operations, groups, error handlers and keys: what is made and freed.
#include <mpi.h>

#include "harness/inside/mpiwatch/checks.hpp"
#include "harness/inside/mpiwatch/objects.hpp"
#include "harness/inside/mpiwatch/types.hpp"

using namespace lockstep::mpiwatch;

// A call that makes an object, whose handle it leaves in `made`. Open MPI returns predefined or shared handles for some (MPI_GROUP_EMPTY): those
// stay out.
#define LOCKSTEP_UNWRAP(...) __VA_ARGS__
#define LOCKSTEP_MAKES(Name, kind, Handle, nothing, parameters, arguments)         \
  extern "C" int MPI_##Name(LOCKSTEP_UNWRAP parameters, Handle* made) {            \
    const Site site = LOCKSTEP_SITE();                                             \
    enter(site);                                                                   \
    const int rc = PMPI_##Name(LOCKSTEP_UNWRAP arguments, made);                   \
    if (rc == MPI_SUCCESS && *made != nothing) note_made(*made, kind, site);       \
    return rc;                                                                     \
  }
#define LOCKSTEP_FREES(Name, Handle, ...)       \
  extern "C" int MPI_##Name(Handle* handle) {   \
    const Site site = LOCKSTEP_SITE();          \
    enter(site);                                \
    note_freed(*handle);                        \
    __VA_ARGS__;                                \
    return PMPI_##Name(handle);                 \
  }

#define LOCKSTEP_TYPE(Name, parameters, arguments)                                 \
  extern "C" int MPI_##Name(LOCKSTEP_UNWRAP parameters, MPI_Datatype* made) {      \
    const Site site = LOCKSTEP_SITE();                                             \
    enter(site);                                                                   \
    const int rc = PMPI_##Name(LOCKSTEP_UNWRAP arguments, made);                   \
    if (rc != MPI_SUCCESS) return rc;                                              \
    forget_type(*made);                                                            \
    note_made(*made, "datatype", site);                                            \
    return rc;                                                                     \
  }

LOCKSTEP_TYPE(Type_contiguous, (int count, MPI_Datatype old), (count, old))
LOCKSTEP_TYPE(Type_vector, (int count, int length, int stride, MPI_Datatype old), (count, length, stride, old))
LOCKSTEP_TYPE(Type_create_hvector, (int count, int length, MPI_Aint stride, MPI_Datatype old), (count, length, stride, old))
LOCKSTEP_TYPE(Type_indexed, (int count, const int lengths[], const int places[], MPI_Datatype old), (count, lengths, places, old))
LOCKSTEP_TYPE(Type_create_hindexed, (int count, const int lengths[], const MPI_Aint places[], MPI_Datatype old), (count, lengths, places, old))
LOCKSTEP_TYPE(Type_create_indexed_block, (int count, int length, const int places[], MPI_Datatype old), (count, length, places, old))
LOCKSTEP_TYPE(Type_create_hindexed_block, (int count, int length, const MPI_Aint places[], MPI_Datatype old), (count, length, places, old))
LOCKSTEP_TYPE(Type_create_struct, (int count, const int lengths[], const MPI_Aint places[], const MPI_Datatype types[]),
              (count, lengths, places, types))
LOCKSTEP_TYPE(Type_create_subarray, (int dimensions, const int sizes[], const int parts[], const int starts[], int order, MPI_Datatype old),
              (dimensions, sizes, parts, starts, order, old))
LOCKSTEP_TYPE(Type_create_darray,
              (int size, int rank, int dimensions, const int sizes[], const int how[], const int arguments_[], const int processes[], int order,
               MPI_Datatype old),
              (size, rank, dimensions, sizes, how, arguments_, processes, order, old))
LOCKSTEP_TYPE(Type_create_resized, (MPI_Datatype old, MPI_Aint lower, MPI_Aint extent), (old, lower, extent))

extern "C" int MPI_Type_dup(MPI_Datatype old, MPI_Datatype* made) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  const int rc = PMPI_Type_dup(old, made);
  if (rc != MPI_SUCCESS) return rc;
  forget_type(*made);
  if (is_committed(old)) note_committed(*made);  // MPI 3.1, 4.1.10
  note_made(*made, "datatype", site);
  return rc;
}

extern "C" int MPI_Type_commit(MPI_Datatype* type) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  const int rc = PMPI_Type_commit(type);
  if (rc == MPI_SUCCESS) note_committed(*type);
  return rc;
}

LOCKSTEP_FREES(Type_free, MPI_Datatype, forget_type(*handle))
extern "C" int MPI_Op_create(MPI_User_function* function, int commutes, MPI_Op* made) {
  const Site site = LOCKSTEP_SITE();
  enter(site);
  const int rc = PMPI_Op_create(function, commutes, made);
  if (rc == MPI_SUCCESS) note_made(*made, "operation", site);
  last_operation_made() = function;
  return rc;
}
LOCKSTEP_FREES(Op_free, MPI_Op, )
LOCKSTEP_MAKES(Comm_group, "group", MPI_Group, MPI_GROUP_EMPTY, (MPI_Comm comm), (comm))
LOCKSTEP_MAKES(Comm_remote_group, "group", MPI_Group, MPI_GROUP_EMPTY, (MPI_Comm comm), (comm))
LOCKSTEP_MAKES(Group_incl, "group", MPI_Group, MPI_GROUP_EMPTY, (MPI_Group old, int count, const int ranks[]), (old, count, ranks))
LOCKSTEP_MAKES(Group_excl, "group", MPI_Group, MPI_GROUP_EMPTY, (MPI_Group old, int count, const int ranks[]), (old, count, ranks))
LOCKSTEP_MAKES(Group_range_incl, "group", MPI_Group, MPI_GROUP_EMPTY, (MPI_Group old, int count, int ranges[][3]), (old, count, ranges))
LOCKSTEP_MAKES(Group_range_excl, "group", MPI_Group, MPI_GROUP_EMPTY, (MPI_Group old, int count, int ranges[][3]), (old, count, ranges))
LOCKSTEP_MAKES(Group_union, "group", MPI_Group, MPI_GROUP_EMPTY, (MPI_Group a, MPI_Group b), (a, b))
LOCKSTEP_MAKES(Group_intersection, "group", MPI_Group, MPI_GROUP_EMPTY, (MPI_Group a, MPI_Group b), (a, b))
LOCKSTEP_MAKES(Group_difference, "group", MPI_Group, MPI_GROUP_EMPTY, (MPI_Group a, MPI_Group b), (a, b))
LOCKSTEP_MAKES(Win_get_group, "group", MPI_Group, MPI_GROUP_EMPTY, (MPI_Win window), (window))
LOCKSTEP_FREES(Group_free, MPI_Group, )
LOCKSTEP_MAKES(Comm_create_errhandler, "error handler", MPI_Errhandler, MPI_ERRHANDLER_NULL, (MPI_Comm_errhandler_function * function), (function))
LOCKSTEP_MAKES(Win_create_errhandler, "error handler", MPI_Errhandler, MPI_ERRHANDLER_NULL, (MPI_Win_errhandler_function * function), (function))
LOCKSTEP_FREES(Errhandler_free, MPI_Errhandler, )
