#include "harness/inside/mpiwatch/checks.hpp"

#include "harness/inside/mpiwatch/blocking.hpp"
#include "harness/inside/mpiwatch/communicators.hpp"
#include "harness/inside/mpiwatch/errors.hpp"
#include "harness/inside/mpiwatch/self.hpp"
#include "harness/inside/mpiwatch/threads.hpp"
#include "harness/inside/mpiwatch/types.hpp"
#include "harness/inside/mpiwatch/words.hpp"

namespace lockstep::mpiwatch {
namespace {

int largest_tag() {
  static const int bound = [] {
    int* value = nullptr;
    int found = 0;
    PMPI_Comm_get_attr(MPI_COMM_WORLD, MPI_TAG_UB, &value, &found);
    return found ? *value : 32767;
  }();
  return bound;
}

Misuse check_peer(const char* which, int peer, MPI_Comm comm) {
  const int size = static_cast<int>(communicator_of(comm).peers.size());
  if (peer == MPI_PROC_NULL || (peer >= 0 && peer < size)) return {};
  return {"rank", "the " + std::string(which) + " is " + std::to_string(peer) +
                      (size == 1 ? ", and the communicator has only rank 0" : ", and the communicator has ranks 0 to " + std::to_string(size - 1))};
}

Misuse check_tag(int tag) {
  if (tag >= 0 && tag <= largest_tag()) return {};
  return {"tag", "the tag is " + std::to_string(tag) + "; tags are numbers from 0 to MPI_TAG_UB"};
}

Misuse check_source(int from, MPI_Comm comm) {
  if (from != MPI_ANY_SOURCE) return check_peer("source", from, comm);
  if (self().wildcards_are_declared) return {};
  return {"undeclared_wildcard", "the source is " + std::to_string(MPI_ANY_SOURCE) +
                                     ", which this library takes for MPI_ANY_SOURCE, a receive from anybody; nothing here asks for that by its name, so it is "
                                     "a rank that was computed wrong"};
}

}  // namespace

void enter(const Site& site) {
  note_call(site);
  if (self().ready) return look_for_ends();
  int initialised = 0, finalised = 0;
  PMPI_Initialized(&initialised);
  PMPI_Finalized(&finalised);
  if (initialised && !finalised) return;
  report_and_end(finalised ? "after_finalize" : "before_init",
                 std::string(site.call) + place_words(site) + " is called " + (finalised ? "after MPI_Finalize" : "before MPI_Init") + ".");
}

Misuse check_communicator(MPI_Comm comm) {
  if (comm == MPI_COMM_NULL) return {"communicator", "the communicator is MPI_COMM_NULL: this rank is in none, or it has been freed"};
  if (was_freed(comm)) return {"communicator", "the communicator has been freed"};
  return {};
}

Misuse check_data(const void* buffer, int count, MPI_Datatype type) {
  if (count < 0) return {"count", "the count is " + std::to_string(count)};
  if (type == MPI_DATATYPE_NULL) return {"datatype", "the datatype is MPI_DATATYPE_NULL"};
  if (!is_committed(type)) return {"datatype", "the datatype has not been committed: MPI_Type_commit comes first"};
  if (buffer == nullptr && count > 0 && !type_of(type).derived && type_of(type).size > 0)
    return {"null_buffer", "the buffer is a null pointer, and the count is " + std::to_string(count)};
  return {};
}

Misuse check_send(const void* buffer, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm) {
  if (Misuse misuse = check_communicator(comm)) return misuse;
  if (Misuse misuse = check_data(buffer, count, type)) return misuse;
  if (Misuse misuse = check_peer("destination", to, comm)) return misuse;
  return check_tag(tag);
}

Misuse check_receive(const void* buffer, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm) {
  if (Misuse misuse = check_communicator(comm)) return misuse;
  if (Misuse misuse = check_data(buffer, count, type)) return misuse;
  return check_probe(from, tag, comm);
}

Misuse check_probe(int from, int tag, MPI_Comm comm) {
  if (Misuse misuse = check_communicator(comm)) return misuse;
  if (Misuse misuse = check_source(from, comm)) return misuse;
  return tag == MPI_ANY_TAG ? Misuse{} : check_tag(tag);
}

Misuse check_root(int root, MPI_Comm comm) {
  if (Misuse misuse = check_communicator(comm)) return misuse;
  const Communicator& communicator = communicator_of(comm);
  if (communicator.between && (root == MPI_ROOT || root == MPI_PROC_NULL)) return {};
  const int size = static_cast<int>(communicator.peers.size());
  if (root >= 0 && root < size) return {};
  return {"root", "the root is " + std::to_string(root) + ", and the communicator has ranks 0 to " + std::to_string(size - 1)};
}

bool returns_errors(MPI_Comm comm) {
  MPI_Errhandler handler = MPI_ERRHANDLER_NULL;
  PMPI_Comm_get_errhandler(comm, &handler);
  const bool fatal = handler == MPI_ERRORS_ARE_FATAL || handler == fatal_errors();
  if (handler != MPI_ERRHANDLER_NULL) PMPI_Errhandler_free(&handler);
  return !fatal;
}

}  // namespace lockstep::mpiwatch
