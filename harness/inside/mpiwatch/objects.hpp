// What the student has made and must free: datatypes, operations, groups, windows (communicators.hpp, requests.hpp know their own).
#pragma once

#include <mpi.h>

#include "harness/inside/mpiwatch/world.hpp"

namespace lockstep::mpiwatch {

// `handle`: of an object that did not exist before the call at `site`; `kind` for messages: "datatype".
void note_made(const void* handle, const char* kind, const Site& site);
void note_freed(const void* handle);
MPI_User_function*& last_operation_made();  // by MPI_Op_create

// Reports what this rank has not freed, messages that it never received and requests that it never completed, and forgets them. Called when all
// ranks of the case are through with their parts. Returns whether there was anything.
bool report_leftovers();

}  // namespace lockstep::mpiwatch
