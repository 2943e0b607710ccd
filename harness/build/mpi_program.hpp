// The build of a whole MPI program of somebody's, for `lockstep mpi`: nothing in it is graded, so nothing is screened or made local.
#pragma once

#include <optional>
#include <vector>

#include "harness/build/plan.hpp"
#include "harness/build/submission.hpp"

namespace lockstep::build {

struct ProgramObjects {
  std::optional<Refusal> refusal;
  std::vector<Path> objects;
  BuildFolder folder;
  std::string main_file;
};

// Compiles every source in the box; of several errors the first.
ProgramObjects compile_program(const Workspace& workspace, const Toolchain& toolchain, run::ProcessRunner& runner, const BuildFolder& folder);

// Links it with the layer's objects. `executable` is where it stands then.
std::optional<Refusal> link_program(const ProgramObjects& program, const std::vector<Path>& layer, const Path& cache, const Toolchain& toolchain,
                                    run::ProcessRunner& runner, Path& executable);

}  // namespace lockstep::build
