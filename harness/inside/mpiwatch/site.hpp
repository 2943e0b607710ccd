// Where in the program a call stands.
#pragma once

#include <mpi.h>

#include <cstdint>
#include <string>

#include "harness/inside/mpiwatch/world.hpp"

namespace lockstep::mpiwatch {

// `return_address`: of the wrapper that the student's line has called.
Site site_of(const char* call, const void* return_address);
Site site_of(const char* call, const void* return_address, std::int64_t count, MPI_Datatype type);

// In this process: the executable lies at another address in each.
std::uintptr_t address_of(const Site& site);

std::string in_words(const Site& site);  // "MPI_Send(100 x MPI_DOUBLE)"

}  // namespace lockstep::mpiwatch

// In a wrapper, which must not be inlined into anything: the call of the student's that it stands for.
#define LOCKSTEP_SITE(...) ::lockstep::mpiwatch::site_of(__func__, __builtin_return_address(0) __VA_OPT__(, ) __VA_ARGS__)
