// This rank's windows (MPI 3.1, chapter 11), and what it has under way on them.
//
// What is under way has buffers at the origin. They are requests (requests.hpp), so that nothing else may share them meanwhile: what a call sends must
// not change until it is complete, and what it brings is written to the student's memory only then.
//
// Not seen are loads and stores of a window's own rank, so their conflicts with accesses of others are not found; nor are broken promises of
// MPI_MODE_NOSTORE, NOPUT and NOCHECK of a post. Of what is in more than 16 pieces, or stretches over more than 1 MiB in one element of a type with gaps,
// conflicts are not looked for.
#pragma once

#include <mpi.h>

#include <optional>
#include <string>
#include <vector>

#include "harness/inside/mpiwatch/checks.hpp"
#include "harness/inside/mpiwatch/epochs.hpp"
#include "harness/inside/mpiwatch/errors.hpp"
#include "harness/inside/mpiwatch/requests.hpp"

namespace lockstep::mpiwatch {

struct Window {
  int index = 0;                // in the world
  MPI_Comm comm = MPI_COMM_NULL;  // the layer's own copy: the student may free theirs
  std::vector<int> members;     // ranks in the world, by rank in the window
  Epochs epochs;
  std::vector<Request*> held;   // buffers of what is under way
  bool shared_memory = false;   // of MPI_Win_allocate_shared

  Mask everyone() const;
};

// What a one-sided call says: it reads `data` at the origin, and brings something into `result`.
struct OriginBuffer {
  void* at;
  int count;
  MPI_Datatype type;
};
struct AccessCall {
  AccessKind kind;
  std::optional<OriginBuffer> data, result;
  int target;
  MPI_Aint at;
  int target_count;
  MPI_Datatype target_type;
  MPI_Op op = MPI_OP_NULL;
};

void note_window(MPI_Win made, const Window& window);
void forget_window(MPI_Win handle);
// Ends the launch if the handle is none. Calls about windows begin with it, behind enter().
Window& window_of(const Site& site, MPI_Win handle);

// Memory of a dynamic window. False if it is attached already, or not attached.
bool note_attached(const Window& window, const void* base, MPI_Aint size);
bool note_detached(const Window& window, const void* base);

Misuse check_target(const Window& window, int target);
Misuse check_access(const Window& window, const AccessCall& call);
void refuse(const Breach& breach, const Site& site, int target = any_rank);  // ends the launch if there is one; `target`: in the world

// Announces an access, and ends the launch if it conflicts with another one. Returns the number of the call.
std::uint32_t begin_access(const Site& site, const Window& window, const AccessCall& call, bool requested);
// A buffer of it, and where the library is to put what comes into it.
Request& hold_buffer(const Site& site, MPI_Win handle, int target, const OriginBuffer& buffer, bool writes, std::uint32_t number);
void* place_for_result(Request& request);

// Accesses of this rank are complete: everywhere, or only at their origin (then what they have fetched is there).
enum class Completion : std::uint8_t { everywhere, at_origin };
void note_completion(const Window& window, Mask targets, Completion completion);
void settle_buffers(Window& window, Mask targets, const Site& by);
void share_knowledge(Mask targets);  // of orders (world.hpp), by the memory of these ranks and this one

void finish_access(Request& request, const Site& by);  // its request has been waited for
bool report_windows();                                 // epochs that were never closed, when MPI or a case ends; forgets all windows

template <class Library>
int answer(const Misuse& misuse, const Site& site, MPI_Win handle, Library library) {
  MPI_Errhandler handler = MPI_ERRHANDLER_NULL;
  PMPI_Win_get_errhandler(handle, &handler);
  const bool fatal = handler == MPI_ERRORS_ARE_FATAL || handler == fatal_window_errors();
  if (handler != MPI_ERRHANDLER_NULL) PMPI_Errhandler_free(&handler);
  if (!fatal) return library();
  report_and_end(misuse.kind, own_words() + ": " + in_words(site) + place_words(site) + ": " + misuse.what + ".");
}

}  // namespace lockstep::mpiwatch
