#include "harness/run/mpirun_command.hpp"

#include <filesystem>

namespace lockstep::run {

namespace {

// The shared memory transport is called vader in Open MPI 4 and sm since 5; naming one that does not exist makes MPI_Init fail.
const char* shared_memory_transport() {
  static const bool four = [] {
    std::error_code error;
    for (const char* folder : {"/usr/lib/x86_64-linux-gnu/openmpi/lib/openmpi3", "/usr/lib/aarch64-linux-gnu/openmpi/lib/openmpi3"})
      if (std::filesystem::exists(std::string(folder) + "/mca_btl_vader.so", error)) return true;
    return false;
  }();
  return four ? "self,vader" : "self,sm";
}

}  // namespace

RankLaunch mpirun_command(int ranks, const std::vector<std::string>& program, const std::string& box_init, const std::string& fifos,
                          const std::string& temporary) {
  RankLaunch launch;
  launch.argv = {"/usr/bin/mpirun", "--oversubscribe", "--bind-to", "none"};
  const auto set = [&launch](const char* name, const std::string& value) { launch.argv.insert(launch.argv.end(), {"--mca", name, value}); };
  set("pml", "ob1");  // no search for network hardware: the biggest single gain in start-up time
  set("btl", shared_memory_transport());
  set("osc", "^ucx");  // it offers itself for windows, and then finds no network to make one
  set("plm", "isolated");                          // never looks for ssh
  set("mpi_yield_when_idle", "1");                 // ranks poll; on a shared machine those that wait must step back
  set("odls_base_sigkill_timeout", "0");           // one rank fails: the others end at once
  set("btl_vader_single_copy_mechanism", "none");  // the filter refuses to read the memory of another process
  set("orte_tmpdir_base", temporary);
  set("btl_vader_backing_directory", temporary == "/tmp" ? "/dev/shm" : temporary);
  launch.argv.insert(launch.argv.end(), {"-np", std::to_string(ranks), box_init, "--rank", fifos});
  launch.argv.insert(launch.argv.end(), program.begin(), program.end());
  launch.env = {"OMPI_ALLOW_RUN_AS_ROOT=1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1", "HWLOC_COMPONENTS=-gl,-opencl", "HWLOC_HIDE_ERRORS=2"};
  return launch;
}

}  // namespace lockstep::run
