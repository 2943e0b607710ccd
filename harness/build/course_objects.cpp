#include "harness/build/course_objects.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/interprocess/file_mapping.hpp>
#include <boost/interprocess/mapped_region.hpp>
#include <fstream>
#include <sstream>

#include "harness/build/digest.hpp"
#include "harness/build/symbol_names.hpp"
#include "harness/build/test_list.hpp"
#include "harness/build/tools.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::build {
namespace {

namespace fs = std::filesystem;

// Debian and Ubuntu: the source, so that it can be compiled with each profile's flags.
const Path googletest = "/usr/src/googletest/googletest";

std::string beginning(const std::string& text) { return text.substr(0, 2000); }

std::string describe_end(const model::ProcessEnd& end) {
  if (end.how == model::How::cut) return "it was cut\n";
  return (end.how == model::How::signalled ? "it ended by signal " : "it exited with status ") + std::to_string(end.code) + "\n";
}

// A recipe is everything that decides the product, without the folders that differ from machine to machine.
std::string recipe_of(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += std::to_string(part.size()) + ":" + part;
  return sha256(text);
}

std::string must_read(const Path& file) {
  const std::optional<std::string> text = read_file(file);
  if (!text) throw model::Fault("the course's own file " + file.string() + " cannot be read");
  return *text;
}

// Mapped, not read: most of such a file is code and debug information, which nobody looks at here.
ObjectFile parse_whole(const Path& object) {
  namespace mapping = boost::interprocess;
  try {
    const mapping::mapped_region bytes(mapping::file_mapping(object.c_str(), mapping::read_only), mapping::read_only);
    return parse_object({static_cast<const char*>(bytes.get_address()), bytes.get_size()});
  } catch (const mapping::interprocess_exception& error) {
    throw model::Fault("the course's own object " + object.string() + " cannot be read: " + error.what());
  }
}

std::map<std::string, std::string> read_redirections(const Path& list) {
  std::map<std::string, std::string> redirections;
  std::istringstream lines(read_file(list).value_or(""));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string from, to;
    if (words >> from >> to && from.front() != '#') redirections[from] = to;
  }
  return redirections;
}

std::vector<Path> sources_in(const Path& folder) {
  std::vector<Path> sources;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename();
    if (name.ends_with(".cpp") && !name.ends_with("_test.cpp")) sources.push_back(entry.path());
  }
  std::sort(sources.begin(), sources.end());
  return sources;
}

std::vector<Path> all_of(std::vector<std::future<Path>>& making) {
  std::vector<Path> objects;
  for (std::future<Path>& one : making) one.wait();
  for (std::future<Path>& one : making) objects.push_back(one.get());
  return objects;
}

}  // namespace

Path find_program(const model::Exercise& exercise, const std::string& program) {
  const bool hidden = std::any_of(exercise.checks.begin(), exercise.checks.end(), [&](const model::Check& c) { return c.program == program && c.hidden; });
  std::vector<Path> places{exercise.folder / "tests" / program};
  if (exercise.solution) places.insert(hidden ? places.begin() : places.end(), *exercise.solution / "tests" / program);
  for (const Path& place : places)
    if (fs::is_regular_file(place)) return place;
  throw model::Fault("the test program " + program + " of " + exercise.id + " is missing");
}

CourseObjects::CourseObjects(const Toolchain& toolchain, const CourseFiles& course, const Path& cache, run::ProcessRunner& runner)
    : toolchain_(toolchain), course_{fs::weakly_canonical(course.exercises), fs::weakly_canonical(course.harness_root)}, runner_(runner), cache_(cache) {}

std::vector<Path> CourseObjects::readable_by_box() const {
  // Else every submission would seem not to build.
  const Path folder = course_.exercises / "pdc", file = folder / "prelude.hpp";
  const auto open_to_others = [](const Path& path, fs::perms wanted) { return (fs::status(path).permissions() & wanted) == wanted; };
  if (geteuid() == 0 && !(open_to_others(folder, fs::perms::others_read | fs::perms::others_exec) && open_to_others(file, fs::perms::others_read)))
    throw model::UsageError(folder.string() + " is closed to the users that submissions are compiled as: chmod -R o+rX it");
  return {folder};
}

Path CourseObjects::compile(CompileTask task, const Profile& profile, const ObjectCache::Roots& roots, const std::string& label) {
  std::vector<std::string> parts{toolchain_.fingerprint, label, must_read(task.source), task.instrument ? "instrumented" : "plain, own inline functions", task.header ? "header" : "source"};
  for (const auto& words : {profile.compile, profile.instrument, profile.mpi_compile, task.defines}) {
    parts.insert(parts.end(), words.begin(), words.end());
    parts.push_back("|");
  }
  // clang refuses a precompiled header whose source has another path or time than it had.
  if (task.header && toolchain_.family == "clang")
    parts.push_back(task.source.string() + std::to_string(fs::last_write_time(task.source).time_since_epoch().count()));
  const std::string suffix = task.header ? (toolchain_.family == "gcc" ? ".hpp.gch" : ".pch") : ".o";
  return cache_.get(recipe_of(parts), roots, suffix, [&](const Path& product) {
    task.object = product;
    task.dependencies = product.string() + ".d";
    const model::ProcessEnd end = run_trusted(runner_, plan_compile(task, profile, toolchain_));
    const std::optional<std::string> rule = read_file(task.dependencies);
    std::error_code ignored;
    fs::remove(task.dependencies, ignored);
    if (!succeeded(end)) {
      if (end.how == model::How::cut) throw model::Fault("compiling " + label + " was cut short");
      throw model::Fault("the course's own file " + label + " does not compile (" + profile.name + "):\n" + beginning(end.err));
    }
    // An inline function has one copy in a program, and it would be the instrumented one: code that runs before the sanitizer does needs copies of its own.
    if (!task.instrument && !profile.instrument.empty()) keep_inline_functions(product);
    return parse_dependencies(rule.value_or(""));
  });
}

void CourseObjects::keep_inline_functions(const Path& object) {
  const Path merged = object.string() + ".merged", list = object.string() + ".keep";
  std::ofstream keep(list);
  keep << "lockstep_nothing\n";
  for (const Symbol& symbol : parse_whole(object).symbols)
    if (symbol.defined && (symbol.strong() || symbol.data || !symbol.name.starts_with("_Z"))) keep << symbol.name << "\n";
  keep.close();
  model::ProcessEnd end = run_trusted(runner_, plan_merge({object}, merged, toolchain_));
  if (succeeded(end)) end = run_trusted(runner_, plan_localise(merged, object, list, {}, toolchain_));
  std::error_code ignored;
  fs::remove(merged, ignored);
  fs::remove(list, ignored);
  if (!succeeded(end)) throw model::Fault("inline functions could not be made local: " + beginning(end.err));
}

Path CourseObjects::prelude(const Profile& profile) {
  CompileTask task;
  task.source = course_.exercises / "pdc/prelude.hpp";
  task.names = {{course_.exercises / "pdc", "pdc"}};
  task.header = true;
  Profile without_mpi = profile;  // the prelude includes nothing of it
  without_mpi.mpi_compile.clear();
  const Path product = compile(task, without_mpi, {{"@exercises", course_.exercises}}, "pdc/prelude.hpp");
  return toolchain_.family == "gcc" ? product.parent_path() / product.stem() : product;
}

std::vector<Path> CourseObjects::harness_objects(const Profile& profile, bool uses_mpi) {
  if (!fs::exists(googletest / "src/gtest-all.cc")) throw model::UsageError("the source of GoogleTest is missing; install the package googletest");
  std::vector<std::future<Path>> making;
  Profile without_mpi = profile;
  without_mpi.mpi_compile.clear();
  making.push_back(std::async(std::launch::async, [&, quick = without_mpi]() mutable {
    CompileTask task;
    task.source = googletest / "src/gtest-all.cc";
    task.include = {googletest / "include", googletest};
    quick.compile.push_back("-O0");  // nothing is measured in it, and it is by far the longest
    task.instrument = profile.name != "lockstep";
    return compile(task, quick, {}, "gtest-all.cc");
  }));
  // Under our own runtime there is nothing of a test program but the runtime; it starts no processes, and what looks at real threads sees none.
  const bool explored = profile.name == "lockstep";
  const std::vector<std::string> parts = explored ? std::vector<std::string>{"channel", "lockstep"} : std::vector<std::string>{"channel", "testkit", "procwatch", "mpiwatch"};
  for (const std::string& part : parts) {
    const bool mpi_part = part == "mpiwatch";
    if (mpi_part && !uses_mpi) continue;
    for (const Path& source : sources_in(course_.harness_root / "harness/inside" / part)) {
      const std::string name = source.filename();
      if (name == "explore_main.cpp") continue;  // of programs that are no tests
      const bool of_mpi = mpi_part || (part == "testkit" && name.starts_with("mpi"));
      if (of_mpi && !uses_mpi) continue;
      const bool instrument = !explored && !name.ends_with("_unsanitized.cpp");
      making.push_back(std::async(std::launch::async, [&, name, part, of_mpi, instrument] { return inside_object(part, name, of_mpi ? profile : without_mpi, instrument); }));
    }
  }
  return all_of(making);
}

Path CourseObjects::inside_object(const std::string& part, const std::string& name, const Profile& profile, bool instrument) {
  CompileTask task;
  task.source = course_.harness_root / "harness/inside" / part / name;
  task.include = {course_.harness_root, course_.exercises, googletest / "include"};
  task.names = {{course_.harness_root / "harness", "harness"}};
  task.instrument = instrument;
  Profile of_part = profile;
  if (part == "lockstep") of_part.compile.push_back("-O2");  // every access of the program's calls it
  return compile(task, of_part, {{"@harness", course_.harness_root}, {"@exercises", course_.exercises}}, "harness/inside/" + part + "/" + name);
}

std::vector<Path> CourseObjects::inside_objects(const std::vector<std::string>& parts, const Profile& profile, const Wanted& wanted) {
  std::vector<std::future<Path>> making;
  for (const std::string& part : parts)
    for (const Path& source : sources_in(course_.harness_root / "harness/inside" / part)) {
      const std::string name = source.filename();
      if (!wanted(part, name)) continue;
      const bool instrument = profile.name != "lockstep" && !name.ends_with("_unsanitized.cpp");
      making.push_back(std::async(std::launch::async, [&, part, name, instrument] { return inside_object(part, name, profile, instrument); }));
    }
  return all_of(making);
}

std::vector<Path> CourseObjects::explorer_objects(const Profile& profile) {
  if (profile.name == "lockstep")
    return inside_objects({"channel", "lockstep"}, profile, [](const std::string&, const std::string& name) { return name != "test_main.cpp"; });
  return inside_objects({"channel", "testkit", "tsanprogram"}, profile, [](const std::string& part, const std::string& name) {
    return part != "testkit" || name.starts_with("tsan_") || name.starts_with("sanitizer_");
  });
}

std::vector<Path> CourseObjects::program_objects(const Profile& profile) {
  return inside_objects({"channel", "mpiwatch", "mpiprogram", "testkit"}, profile, [](const std::string& part, const std::string& name) {
    return part != "testkit" || name == "leak_check.cpp" || name.starts_with("asan_") || name.starts_with("sanitizer_");
  });
}

CompileTask CourseObjects::test_task(const model::Exercise& exercise, const std::string& program, const Path& workspace) const {
  CompileTask task;
  task.source = find_program(exercise, program);
  const Path headers = workspace.empty() ? exercise.folder : workspace;
  task.include = {headers, course_.exercises, course_.harness_root, googletest / "include"};
  task.names = {{course_.harness_root / "harness", "harness"}, {course_.exercises / "pdc", "pdc"}, {exercise.folder, ""}};
  if (exercise.solution) task.names.emplace_back(*exercise.solution, "");
  if (!workspace.empty()) task.names.emplace_back(workspace, "");
  return task;
}

Path CourseObjects::test_object(const model::Exercise& exercise, const std::string& program, const Profile& profile) {
  ObjectCache::Roots roots{{"@exercise", exercise.folder}, {"@exercises", course_.exercises}, {"@harness", course_.harness_root}};
  if (exercise.solution) roots.insert(roots.begin(), {"@solution", *exercise.solution});
  return compile(test_task(exercise, program, {}), profile, roots, exercise.id + "/tests/" + program);
}

std::vector<std::string> CourseObjects::list_tests(const std::vector<Path>& objects, const std::vector<std::string>& stand_ins, const std::string& program,
                                                   const Profile& profile) {
  std::vector<std::string> parts{toolchain_.fingerprint, profile.name, "list"};
  for (const Path& object : objects) parts.push_back(object.filename());  // it holds a hash of what is in the object
  const std::string listed = cache_.get_text(recipe_of(parts), [&] {
    const Path folder = cache_.folder() / ("list-" + recipe_of(parts).substr(0, 32));  // ours alone: the recipe is locked
    struct Remove {
      const Path& folder;
      ~Remove() {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
      }
    } remove{folder};
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms(0755));
    std::ofstream assembly(folder / "stand_ins.s");
    assembly << ".text\n";
    for (const std::string& symbol : stand_ins) assembly << ".globl " << symbol << "\n" << symbol << ": ud2\n";
    assembly << ".section .note.GNU-stack,\"\",@progbits\n";
    assembly.close();
    std::vector<Path> all = objects;
    all.push_back(folder / "stand_ins.o");
    model::ProcessEnd end = run_trusted(runner_, {toolchain_.cxx, "-c", folder / "stand_ins.s", "-o", folder / "stand_ins.o"});
    if (succeeded(end)) end = run_trusted(runner_, plan_link(all, folder / "lister", profile, toolchain_));
    if (!succeeded(end)) throw model::Fault("the test program " + program + " does not link (" + profile.name + "):\n" + beginning(end.err));
    run::Command list;
    list.argv = {folder / "lister", "--gtest_list_tests"};
    list.env = {"PATH=/usr/bin:/bin", "HOME=/tmp", "TMPDIR=/tmp", "LOCKSTEP_LIST=1", "ASAN_OPTIONS=detect_leaks=0", "OMPI_MCA_btl=self"};
    list.mounts = {{folder, folder, false}};
    list.fixed_addresses = true;
    end = runner_.run(list).end;
    if (!succeeded(end)) throw model::Fault("the test program " + program + " cannot list its tests (" + profile.name + "); does it use the student's code before main?\n" + describe_end(end) + beginning(end.err));
    return end.out;
  });
  return parse_test_list(listed);
}

const LinkNames& CourseObjects::link_names(const Path& object) {
  const std::lock_guard lock(mutex_);
  const auto known = link_names_.find(object.string());
  return known != link_names_.end() ? known->second : link_names_.emplace(object.string(), build::link_names(parse_whole(object))).first->second;
}

std::map<std::string, std::string> CourseObjects::redirections(model::Engine engine) const {
  std::map<std::string, std::string> redirections = program_redirections(engine);
  if (engine != model::Engine::lockstep) redirections.merge(read_redirections(course_.harness_root / "harness/inside/procwatch/redirect.syms"));
  return redirections;
}

std::map<std::string, std::string> CourseObjects::program_redirections(model::Engine engine) const {
  if (engine == model::Engine::lockstep) return read_redirections(course_.harness_root / "harness/inside/lockstep/redirect.syms");
  if (engine == model::Engine::tsan) return read_redirections(course_.harness_root / "harness/inside/testkit/redirect_tsan.syms");
  return {};
}

}  // namespace lockstep::build
