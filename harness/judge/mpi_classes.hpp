// The classes of misuse that the MPI layer reports (harness/inside/mpiwatch), each with its verdict and with what a student should know. Pure.
#pragma once

#include <string_view>

#include "harness/model/verdict.hpp"

namespace lockstep::judge {

struct MpiClass {
  std::string_view word;     // behind "mpi." in a report's tool
  model::Verdict verdict;
  std::string_view why;      // the rule, and what to do
};

// A class that is not in the table is misuse of MPI, with general advice.
const MpiClass& mpi_class(std::string_view tool);

}  // namespace lockstep::judge
