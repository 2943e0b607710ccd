// From a workspace to test executables: each source once per profile, everything that is not the student's from a cache.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/build/workspace.hpp"
#include "harness/model/exercise.hpp"
#include "harness/model/record.hpp"
#include "harness/run/process_runner.hpp"

namespace lockstep::build {

// A compiler family and what stands beside it on this machine. Found by probing, in toolchain.cpp and nowhere else.
struct Toolchain {
  std::string family;   // "gcc" or "clang"
  std::string version;  // "12.2.0"
  std::string cxx;      // absolute path
  std::string mpicxx;   // absolute path, empty if there is none
  std::string mpirun;   // absolute path, empty if there is none
  std::vector<std::string> mpi_compile;  // what mpicxx adds when it compiles, and when it links
  std::vector<std::string> mpi_link;
  std::string binutils;  // folder of ld.bfd, objcopy, objdump and addr2line
  std::string tsan_runtime;       // absolute path of libclang_rt.tsan-*.a, or empty: the compiler's own
  std::string tsan_runtime_name;  // "LLVM 19" or "gcc 12"
  std::string linker;             // "mold" or "bfd"
  std::string fingerprint;        // changes whenever an object of it must be compiled again
  std::string describe() const;   // "gcc 12.2.0, ThreadSanitizer of LLVM 19"
};

// Looks for `preference`: "auto" (the first usable of gcc and clang), "gcc", "clang", or the path of a compiler. Throws model::UsageError that names
// the package if there is no gcc >= 12 or clang >= 14, or no binutils. A missing MPI is no error until an exercise needs it.
Toolchain probe_toolchain(const std::string& preference, run::ProcessRunner& runner);

// What of the course's own files the build needs besides the exercise.
struct CourseFiles {
  std::filesystem::path exercises;     // include path of "pdc/prelude.hpp"
  std::filesystem::path harness_root;  // include path of "harness/inside/..."; the folder that holds harness/
};

// A compile error on the student's own line, or the use of a forbidden facility.
struct Refusal {
  model::Verdict verdict = model::Verdict::does_not_build;
  model::Finding finding;
};

struct Built {
  std::optional<Refusal> refusal;  // then there is no executable
  // program file name -> executable, for one engine
  std::map<std::string, std::filesystem::path> executables;
  std::map<std::string, std::vector<std::string>> tests;  // program -> every "Suite.Name" it must report
  bool has_fences = false;  // the student's object holds atomic_thread_fence: ThreadSanitizer runs with sequentially consistent atomics
};

// A program of somebody's own, to be explored or to be run under ThreadSanitizer.
struct Program {
  std::vector<std::filesystem::path> sources;  // C by their names' ending (.c), else C++
  std::string standard;                        // "c11", "c++20", ...; empty: gnu11 and c++20
};

struct BuiltProgram {
  std::string error;                 // the compiler's or linker's messages; then there is no executable
  std::filesystem::path executable;
  std::string hash;                  // of the sources with their headers, the compiler and the engine
  std::map<std::string, std::filesystem::path> files;  // the sources and their headers, by the names that stacks have for them
  bool has_fences = false;           // as in Built
};

using Report = std::function<void(std::string stage, double ms)>;

class Builder {
 public:
  virtual ~Builder() = default;
  virtual const Toolchain& toolchain() const = 0;
  // Compiles the student's files once for `engine` and links them with each of `programs` ("behaviour.cpp"; hidden ones are found under the
  // solution). Thread-safe. Throws model::Fault if the course's own files do not build.
  virtual Built build(const model::Exercise& exercise, const Workspace& workspace, model::Engine engine,
                      const std::vector<std::string>& programs, const Report& report) = 0;
  // Compiles a program and links the object with the runtime of `engine` (lockstep or tsan); everything it makes lies in `folder`. Trusted: nothing is
  // audited, no box is used.
  virtual BuiltProgram build_program(const Program& program, model::Engine engine, const std::filesystem::path& folder) = 0;
  // A whole MPI program: `workspace.edit` are its sources, C and C++, with a main of their own; linked with the MPI layer as the executable "program".
  // Its headers stand beside them. Throws model::UsageError if Open MPI is missing.
  virtual Built build_mpi_program(const Workspace& workspace) = 0;
};

// `cache` is made if it is missing; it may be shared by any number of processes. Throws model::UsageError if it cannot be written.
std::unique_ptr<Builder> make_builder(Toolchain toolchain, CourseFiles course, std::filesystem::path cache, run::ProcessRunner& runner);

// "TSAN_OPTIONS=..." for a program built for `engine`, where the submission asks for other options than the testkit's own.
std::vector<std::string> engine_environment(model::Engine engine, const Built& built);

// The frames of code addresses, innermost (inlined) first. `addresses` are "module+0xoffset" as the channel and the watcher of hangs write them, where a
// module is the executable's path or file name, or that of a shared library; each is also its key in the result. `edit` are the student's files.
// An address that cannot be resolved has one frame with the module as its file. Throws model::Fault if addr2line cannot be run.
std::map<std::string, std::vector<model::Frame>> symbolise(const std::filesystem::path& executable, const std::vector<std::string>& addresses,
                                                           const std::vector<std::string>& edit, run::ProcessRunner& runner);

}  // namespace lockstep::build
