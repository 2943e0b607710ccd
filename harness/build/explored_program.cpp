#include "harness/build/explored_program.hpp"

#include <fstream>
#include <future>

#include "harness/build/digest.hpp"
#include "harness/build/profile.hpp"
#include "harness/build/tools.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::build {
namespace {

constexpr std::string_view engine_version = "1";

bool is_c(const Path& source) { return source.extension() == ".c"; }

// The profile's options for one language.
Argv compile_command(const Path& source, const Path& object, const Program& program, const Profile& profile, const Toolchain& toolchain, const Path& harness_root) {
  Argv argv{toolchain.cxx};
  if (is_c(source)) argv.insert(argv.end(), {"-x", "c"});
  for (const std::string& option : profile.compile)
    if (!option.starts_with("-std=") && !(is_c(source) && option.starts_with("-D_GLIBCXX"))) argv.push_back(option);
  const bool fits = !program.standard.empty() && is_c(source) == (program.standard.find('+') == std::string::npos);
  argv.push_back("-std=" + (fits ? program.standard : is_c(source) ? std::string("gnu11") : std::string("c++20")));
  argv.insert(argv.end(), profile.instrument.begin(), profile.instrument.end());
  const std::string folder = source.parent_path().string();
  if (!is_c(source)) argv.insert(argv.end(), {"-include", (harness_root / "harness/inside/lockstep/semaphore_limit.h").string()});
  argv.insert(argv.end(), {"-fdebug-prefix-map=" + folder + "=.", "-c", source, "-o", object});
  return argv;
}

}  // namespace

BuiltProgram build_explored(const Program& program, const Path& folder, const Toolchain& toolchain, CourseObjects& course, run::ProcessRunner& runner) {
  const Profile profile = plan_profile(model::Engine::lockstep, toolchain, false);
  std::future<std::vector<Path>> harness = std::async(std::launch::async, [&] { return course.explorer_objects(profile); });
  BuiltProgram built;
  std::vector<Path> objects;
  std::vector<std::future<model::ProcessEnd>> compiling;
  std::string recipe = std::string(engine_version) + toolchain.fingerprint + program.standard;
  for (const Path& source : program.sources) {
    recipe += sha256_of_file(source).value_or("");
    const Path object = folder / (std::to_string(objects.size()) + ".o");
    objects.push_back(object);
    compiling.push_back(std::async(std::launch::async, [&, source, object] { return run_trusted(runner, compile_command(source, object, program, profile, toolchain, course.files().harness_root)); }));
  }
  for (std::future<model::ProcessEnd>& one : compiling)
    if (const model::ProcessEnd end = one.get(); !succeeded(end)) built.error += end.err.empty() ? "the compiler was stopped\n" : end.err;
  std::vector<Path> all = harness.get();
  if (!built.error.empty()) return built;
  for (const Path& object : all) recipe += object.filename().string();
  built.hash = sha256(recipe).substr(0, 12);

  const Path merged = folder / "merged.o", renamed = folder / "renamed.o", own = folder / "own.o", keep = folder / "keep", redirect = folder / "redirect";
  std::ofstream(keep) << "lockstep_program_main\n";
  std::ofstream redirections(redirect);
  for (const auto& [from, to] : course.redirections(model::Engine::lockstep)) redirections << from << " " << to << "\n";
  redirections.close();
  const auto tool = [&](const Argv& argv) {
    const model::ProcessEnd end = run_trusted(runner, argv);
    if (!succeeded(end) && built.error.empty()) built.error = end.err.empty() ? argv.front() + " failed\n" : end.err;
    return built.error.empty();
  };
  if (!tool(plan_merge(objects, merged, toolchain))) return built;
  if (!tool({toolchain.binutils + "/objcopy", "--redefine-sym", "main=lockstep_program_main", merged, renamed})) return built;
  if (!tool(plan_localise(renamed, own, keep, redirect, toolchain))) return built;
  all.push_back(own);
  built.executable = folder / "program";
  if (!tool(plan_link(all, built.executable, profile, toolchain)) && built.error.find("lockstep_program_main") != std::string::npos)
    built.error = "there is no function main in " + program.sources.front().filename().string() + "\n";
  return built;
}

}  // namespace lockstep::build
