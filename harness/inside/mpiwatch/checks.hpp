// The arguments of a call, before it does anything. A program that has asked for error codes (MPI_ERRORS_RETURN) gets the library's; for all others
// a wrong argument is the end, in words.
#pragma once

#include <mpi.h>

#include <string>

#include "harness/inside/mpiwatch/findings.hpp"
#include "harness/inside/mpiwatch/site.hpp"

namespace lockstep::mpiwatch {

struct Misuse {
  const char* kind = nullptr;  // the class of the finding; null: nothing is wrong
  std::string what;            // "the destination is 5, and the communicator has ranks 0 to 2"
  explicit operator bool() const { return kind != nullptr; }
};

void enter(const Site& site);  // every wrapped call begins with it: MPI is running, and the thread may call

Misuse check_communicator(MPI_Comm comm);
Misuse check_data(const void* buffer, int count, MPI_Datatype type);
Misuse check_send(const void* buffer, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm);
Misuse check_receive(const void* buffer, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm);
Misuse check_probe(int from, int tag, MPI_Comm comm);
Misuse check_root(int root, MPI_Comm comm);

bool returns_errors(MPI_Comm comm);

// What a call with a wrong argument returns: `library()` is the same call, made to the library.
template <class Library>
int answer(const Misuse& misuse, const Site& site, MPI_Comm comm, Library library) {
  if (comm != MPI_COMM_NULL && misuse.kind != std::string("communicator") && returns_errors(comm)) return library();
  report_and_end(misuse.kind, own_words() + ": " + in_words(site) + place_words(site) + ": " + misuse.what + ".");
}

}  // namespace lockstep::mpiwatch
