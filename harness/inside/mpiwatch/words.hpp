// MPI arguments as a student would write them.
#pragma once

#include <mpi.h>

#include <string>

namespace lockstep::mpiwatch {

std::string rank_words(int rank);                                                         // "3", "MPI_ANY_SOURCE", "MPI_PROC_NULL"
std::string tag_words(int tag);                                                           // "7", "MPI_ANY_TAG"
std::string data_words(int count, MPI_Datatype type);                                     // "100 x MPI_DOUBLE"
std::string send_words(const char* call, int count, MPI_Datatype type, int to, int tag);  // "MPI_Send(100 x MPI_DOUBLE, dest=1, tag=7)"
std::string receive_words(const char* call, int count, MPI_Datatype type, int from,
                          int tag);  // "MPI_Recv(at most 100 x MPI_DOUBLE, source=1, tag=7)"
std::string error_words(int code);   // "MPI_ERR_TRUNCATE: message truncated"

}  // namespace lockstep::mpiwatch
