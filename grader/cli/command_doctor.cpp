#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <vector>

#include "grader/cli/command.hpp"
#include "grader/cli/machine.hpp"
#include "grader/cli/manual.hpp"
#include "harness/model/fault.hpp"
#include "harness/pipeline/canary.hpp"

namespace lockstep::cli {
namespace {

struct Diagnosis {
  std::string what;
  bool well = true;
  std::string seen;
  std::string spoils;  // what a defect costs
  std::string mend;
};

void print(const Diagnosis& d) {
  fmt::print("{} {:<28} {}\n", d.well ? "ok  " : "BAD ", d.what, d.seen);
  if (!d.well && !d.spoils.empty()) fmt::print("       spoils: {}\n", d.spoils);
  if (!d.well && !d.mend.empty()) fmt::print("       mend:   {}\n", d.mend);
}

Diagnosis of_protection(const model::Protection& protection) {
  return {protection.name, protection.in_force, protection.how, "no verdict; submissions are less contained, and reports say so", {}};
}

std::vector<Diagnosis> of_toolchain(const build::Toolchain& tools) {
  std::vector<Diagnosis> all;
  all.push_back({"compiler", true, tools.describe(), {}, {}});
  const bool llvm = !tools.tsan_runtime.empty();
  all.push_back({"ThreadSanitizer runtime", llvm, llvm ? tools.tsan_runtime_name : "the compiler's own",
                 "nothing surely; the newest LLVM runtime knows more of the pthread functions", "apt-get install libclang-rt-19-dev"});
  const bool mpi = !tools.mpicxx.empty() && !tools.mpirun.empty();
  all.push_back({"Open MPI", mpi, mpi ? tools.mpicxx : "no mpicxx or mpirun", "every exercise of chapter 4, and mpi_hello",
                 "apt-get install openmpi-bin libopenmpi-dev"});
  all.push_back({"linker", tools.linker == "mold", tools.linker, "nothing; links take longer", "apt-get install mold"});
  return all;
}

}  // namespace

std::function<int()> add_doctor(CLI::App& app, const GlobalOptions& global) {
  CLI::App* command = app.add_subcommand("doctor", "What this machine can do, what a defect would spoil, and what mends it");
  set_manual(*command, {"Looks for the compilers and tools, builds and runs a program with a data race and one without, tries the walls of the\n"
                        "sandbox, and reads the course's manifests. For each defect: which checks it would spoil, and the line that mends it.",
                        "0    every check can be graded here\n"
                        "1    some cannot",
                        "", environment_of_runs,
                        "lockstep doctor\n"
                        "lockstep doctor --compiler clang"});
  return [&global] {
    const catalog::Course course = open_course(global);
    Machine machine(global, course);
    std::vector<Diagnosis> all = of_toolchain(machine.builder().toolchain());
    all.push_back({"the course's manifests", course.problems.empty(),
                   fmt::format("{} exercises in {}", course.exercises.size(), course.root.string()),
                   "the exercises that it names:\n" + catalog::render_problems(course.problems), "edit the file that it names"});
    const pipeline::SelfTest self = pipeline::run_self_test(machine.services(), LOCKSTEP_HARNESS_ROOT);
    all.push_back({"ThreadSanitizer finds a race", self.finds_race, self.finds_race ? "yes" : self.reason, "every check of the engine tsan",
                   "sysctl vm.mmap_rnd_bits=28, or allow personality(2) in the container"});
    all.push_back({"... and no race where none is", self.silent_on_right, self.silent_on_right ? "yes" : self.reason,
                   "every check of the engine tsan", "apt-get install libclang-rt-19-dev"});
    for (const model::Protection& protection : machine.runner().protections()) all.push_back(of_protection(protection));
    all.push_back({"compiled parts are kept in", true, cache_folder().string(), {}, {}});
    for (const Diagnosis& diagnosis : all) print(diagnosis);
    fmt::print("protection level: {}\n", machine.runner().protection_level());
    const bool able = self.finds_race && self.silent_on_right && !machine.builder().toolchain().mpicxx.empty() && course.problems.empty();
    return able ? all_passed : something_failed;
  };
}

}  // namespace lockstep::cli
