#include "harness/build/explored_program.hpp"

#include <algorithm>
#include <fstream>
#include <future>

#include "harness/build/addr2line_text.hpp"
#include "harness/build/digest.hpp"
#include "harness/build/profile.hpp"
#include "harness/build/submission.hpp"
#include "harness/build/tools.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::build {
namespace {

constexpr std::string_view engine_version = "1";

struct Compiled {
  Path source;
  Path object;
  Path dependencies;
  std::future<model::ProcessEnd> end;
};

bool is_c(const Path& source) { return source.extension() == ".c"; }

// Of a C++ program, before everything of its own.
Path included_first(const CourseObjects& course) { return course.files().harness_root / "harness/inside/lockstep/semaphore_limit.h"; }

// The profile's options for one language.
Argv compile_command(const Compiled& one, const Program& program, const Profile& profile, const Toolchain& toolchain, const Path& first) {
  Argv argv{toolchain.cxx};
  const bool c = is_c(one.source);
  if (c) argv.insert(argv.end(), {"-x", "c"});
  for (const std::string& option : profile.compile)
    if (!option.starts_with("-std=") && !(c && option.starts_with("-D_GLIBCXX"))) argv.push_back(option);
  const bool fits = !program.standard.empty() && c == (program.standard.find('+') == std::string::npos);
  argv.push_back("-std=" + (fits ? program.standard : c ? std::string("gnu11") : std::string("c++20")));
  argv.insert(argv.end(), profile.instrument.begin(), profile.instrument.end());
  if (!c) argv.insert(argv.end(), {"-include", first});
  argv.insert(argv.end(), {"-MMD", "-MF", one.dependencies, "-fdebug-prefix-map=" + one.source.parent_path().string() + "=.", "-c", one.source, "-o", one.object});
  return argv;
}

// The source and the headers that it reads, by the names that debug information has for them.
void add_files(const Compiled& one, const Path& first, std::map<std::string, Path>& files) {
  const std::string folder = one.source.parent_path().string() + "/";
  std::vector<Path> read = parse_dependencies(read_file(one.dependencies).value_or(""));
  read.push_back(one.source);
  for (const Path& file : read) {
    const std::string path = file.string();
    if (file != first) files[course_path(path.starts_with(folder) ? path.substr(folder.size()) : path)] = file;
  }
}

}  // namespace

BuiltProgram build_explored(const Program& program, model::Engine engine, const Path& folder, const Toolchain& toolchain, CourseObjects& course, run::ProcessRunner& runner) {
  const Profile profile = plan_profile(engine, toolchain, false);
  std::future<std::vector<Path>> harness = std::async(std::launch::async, [&] { return course.explorer_objects(profile); });
  BuiltProgram built;
  std::vector<Compiled> compiled;
  for (const Path& source : program.sources) {
    const std::string number = std::to_string(compiled.size());
    Compiled one{source, folder / (number + ".o"), folder / (number + ".d"), {}};
    one.end = std::async(std::launch::async, [&, argv = compile_command(one, program, profile, toolchain, included_first(course))] { return run_trusted(runner, argv); });
    compiled.push_back(std::move(one));
  }
  std::vector<Path> objects;
  for (Compiled& one : compiled) {
    if (const model::ProcessEnd end = one.end.get(); !succeeded(end)) built.error += end.err.empty() ? "the compiler was stopped\n" : end.err;
    objects.push_back(one.object);
    add_files(one, included_first(course), built.files);
  }
  std::vector<Path> all = harness.get();
  if (!built.error.empty()) return built;
  std::string recipe = std::string(engine_version) + toolchain.fingerprint + program.standard;
  for (const auto& [name, file] : built.files) recipe += name + sha256_of_file(file).value_or("");
  for (const Path& object : all) recipe += object.filename().string();
  built.hash = sha256(recipe).substr(0, 12);

  const Path merged = folder / "merged.o", renamed = folder / "renamed.o", own = folder / "own.o", keep = folder / "keep", redirect = folder / "redirect";
  std::ofstream(keep) << "lockstep_program_main\n";
  std::ofstream redirections(redirect);
  for (const auto& [from, to] : course.program_redirections(engine)) redirections << from << " " << to << "\n";
  redirections.close();
  const auto tool = [&](const Argv& argv) {
    const model::ProcessEnd end = run_trusted(runner, argv);
    if (!succeeded(end) && built.error.empty()) built.error = end.err.empty() ? argv.front() + " failed\n" : end.err;
    return built.error.empty();
  };
  if (!tool(plan_merge(objects, merged, toolchain))) return built;
  if (!tool({toolchain.binutils + "/objcopy", "--redefine-sym", "main=lockstep_program_main", merged, renamed})) return built;
  if (!tool(plan_localise(renamed, own, keep, redirect, toolchain))) return built;
  built.has_fences = has_fences(read_object(merged));
  all.push_back(own);
  built.executable = folder / "program";
  if (!tool(plan_link(all, built.executable, profile, toolchain)) && built.error.find("lockstep_program_main") != std::string::npos)
    built.error = "there is no function main in " + program.sources.front().filename().string() + "\n";
  return built;
}

}  // namespace lockstep::build
