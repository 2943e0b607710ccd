// Errors that MPI reports, and signals that end a rank, in words.
#pragma once

#include <mpi.h>

namespace lockstep::mpiwatch {

// As MPI_ERRORS_ARE_FATAL, the default that MPI prescribes: the first error ends the program (status_of_mpi_error). But a failed expectation
// with the call, the rank and the error is reported first. Communicators made from one with this handler inherit it; a student may set another.
MPI_Errhandler fatal_errors();
MPI_Errhandler fatal_window_errors();  // the same for windows

// A rank that is ended by a signal says which rank it was, and where. Under AddressSanitizer only for abort(): it does the others itself.
void report_fatal_signals();

}  // namespace lockstep::mpiwatch
