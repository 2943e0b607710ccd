#include "harness/build/mpi_program.hpp"

#include <algorithm>

#include "harness/build/diagnostics.hpp"
#include "harness/build/symbol_names.hpp"
#include "harness/build/tools.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::build {
namespace {

bool is_c(const std::string& name) { return name.ends_with(".c"); }

Refusal refuse(const std::string& message, const std::string& file, int line) {
  Refusal refusal;
  refusal.finding.what = (file.empty() ? "" : file + ":" + (line > 0 ? std::to_string(line) + ":" : "") + " ") + message;
  refusal.finding.why = "Nothing can be run before the program compiles and links.";
  if (line > 0) refusal.finding.traces.push_back({"the compiler stops here", {{"", file, line, true, false}}});
  return refusal;
}

// The C compiler of the same family: /usr/bin/g++ and gcc, clang++ and clang, with whatever version the name ends in.
std::string c_compiler(const std::string& cxx) {
  std::string name = cxx;
  if (const std::size_t at = name.rfind("clang++"); at != std::string::npos) return name.replace(at, 7, "clang");
  if (const std::size_t at = name.rfind("g++"); at != std::string::npos) return name.replace(at, 3, "gcc");
  return "/usr/bin/gcc";
}

Argv plan_source(const Workspace& workspace, const std::string& name, const Path& object, const Toolchain& toolchain) {
  CompileTask task;
  task.source = workspace.folder / name;
  task.object = object;
  task.include = {workspace.folder};
  task.names = {{workspace.folder, ""}};
  Profile profile = plan_profile(model::Engine::asan, toolchain, true);
  // Not optimised: what a line does stands at that line.
  std::replace(profile.compile.begin(), profile.compile.end(), std::string("-O1"), std::string("-O0"));
  // A program of somebody's may be of any age; the C++ bindings of MPI 2 are gone from the standard.
  profile.mpi_compile.push_back("-DOMPI_SKIP_MPICXX");
  Argv argv = plan_compile(task, profile, toolchain);
  if (is_c(name)) {
    argv.front() = c_compiler(argv.front());
    std::replace(argv.begin(), argv.end(), std::string("-std=c++20"), std::string("-std=gnu17"));
    std::erase(argv, "-fno-gnu-unique");
  }
  return argv;
}

}  // namespace

ProgramObjects compile_program(const Workspace& workspace, const Toolchain& toolchain, run::ProcessRunner& runner, const BuildFolder& folder) {
  ProgramObjects made{{}, {}, folder, workspace.edit.front()};
  for (const std::string& name : workspace.edit) {
    const Path object = folder.objects / (name + ".o");
    const model::ProcessEnd end = run_boxed(runner, plan_source(workspace, name, object, toolchain), {workspace.folder}, folder.objects);
    if (succeeded(end)) {
      made.objects.push_back(object);
      continue;
    }
    if (const std::string limit = exceeded_limit(end); !limit.empty())
      made.refusal = refuse("the compiler needed more than " + limit + " and was stopped", name, 0);
    else if (const Diagnosis first = first_error(end.err, workspace.folder, workspace.edit); !first.message.empty())
      made.refusal = refuse(first.message, first.file.empty() ? name : first.file, first.line);
    else
      made.refusal = refuse("the compiler itself broke down on this file", name, 0);
    return made;
  }
  return made;
}

std::optional<Refusal> link_program(const ProgramObjects& program, const std::vector<Path>& layer, const Path& cache, const Toolchain& toolchain,
                                    run::ProcessRunner& runner, Path& executable) {
  std::vector<Path> objects = program.objects;
  objects.insert(objects.end(), layer.begin(), layer.end());
  executable = program.folder.executables / "program";
  Profile profile = plan_profile(model::Engine::asan, toolchain, true);
  profile.libraries.push_back("-lm");
  const model::ProcessEnd end = run_boxed(runner, plan_link(objects, executable, profile, toolchain), {cache, program.folder.objects}, program.folder.executables);
  if (succeeded(end)) return std::nullopt;
  for (const std::string& name : undefined_names(end.err))
    return name == "main" ? refuse("no file defines main", "", 0) : refuse(demangle(name) + " is used but defined nowhere", program.main_file, 0);
  for (const std::string& name : duplicate_names(end.err)) return refuse(demangle(name) + " is defined twice", program.main_file, 0);
  if (const std::string limit = exceeded_limit(end); !limit.empty()) return refuse("the linker needed more than " + limit, program.main_file, 0);
  return refuse("the program does not link: " + end.err.substr(0, 500), program.main_file, 0);
}

}  // namespace lockstep::build
