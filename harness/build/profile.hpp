// How each engine's objects are compiled and linked: flags, as pure values.
#pragma once

#include <string>
#include <vector>

#include "harness/build/build.hpp"
#include "harness/model/engine.hpp"

namespace lockstep::build {

struct Profile {
  std::string name;                      // "tsan", "mpi-asan"
  std::vector<std::string> compile;      // language, code generation, warnings
  std::vector<std::string> instrument;   // the sanitizers' flags; left out for *_unsanitized.cpp
  std::vector<std::string> mpi_compile;  // include paths of the MPI library
  std::vector<std::string> link;         // without inputs and outputs, in front of them
  std::vector<std::string> libraries;    // behind all inputs
};

// Throws model::Fault for an engine that has no profile of its own.
Profile plan_profile(model::Engine engine, const Toolchain& toolchain, bool uses_mpi);

// -O0 without any sanitizer: what the use of facilities is read from where no ThreadSanitizer object is built anyway.
Profile plan_screening_profile(const Toolchain& toolchain, bool uses_mpi);

}  // namespace lockstep::build
