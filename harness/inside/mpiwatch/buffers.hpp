// The memory of messages that are under way.
#pragma once

#include <mpi.h>

#include <cstdint>
#include <string>

#include "harness/inside/mpiwatch/requests.hpp"

namespace lockstep::mpiwatch {

bool is_readable(const void* from, std::size_t bytes);  // mapped, and not freed as far as AddressSanitizer knows
// Of the bytes of the elements, gaps left out where the type has some; 0 and `known` false if they cannot be read.
std::uint64_t hash_of(const void* buffer, int count, MPI_Datatype type, bool& known);

// Where the elements lie: from the first byte to behind the last. False if they lie in pieces (a type with gaps).
bool range_of(const void* buffer, int count, MPI_Datatype type, std::uintptr_t& from, std::uintptr_t& to);

// An active request of this rank whose memory this one may not share: one of the two receives. Null if there is none.
const Request* find_overlap(const Request& request);

void close_to_student(const Request& request);  // under AddressSanitizer: reading or writing it is an error until `open_to_student`
void open_to_student(const Request& request);

}  // namespace lockstep::mpiwatch
