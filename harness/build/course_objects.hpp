// Everything of a test program that is not the student's: compiled once per profile, from the cache ever after.
#pragma once

#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "harness/build/build.hpp"
#include "harness/build/elf_object.hpp"
#include "harness/build/object_cache.hpp"
#include "harness/build/plan.hpp"

namespace lockstep::build {

// Folder of a test program's source: under the exercise, or under its solution if its checks are hidden. Throws model::Fault if it is in neither.
Path find_program(const model::Exercise& exercise, const std::string& program);

class CourseObjects {
 public:
  CourseObjects(const Toolchain& toolchain, const CourseFiles& course, const Path& cache, run::ProcessRunner& runner);

  // What -include or -include-pch is given.
  Path prelude(const Profile& profile);
  // GoogleTest and harness/inside, all compiled for the profile; side by side.
  std::vector<Path> harness_objects(const Profile& profile, bool uses_mpi);
  // What a program that is no test is explored with: the channel, and the engine lockstep or what stands beside ThreadSanitizer's runtime.
  std::vector<Path> explorer_objects(const Profile& profile);
  // What a whole MPI program of somebody's is linked with: the layer, the channel and the sanitizers' reports.
  std::vector<Path> program_objects(const Profile& profile);
  // A test program that does not include the student's own code.
  Path test_object(const model::Exercise& exercise, const std::string& program, const Profile& profile);
  // How a test program is compiled: for test_object(), and in the box where it includes the student's own headers from `workspace`.
  CompileTask test_task(const model::Exercise& exercise, const std::string& program, const Path& workspace) const;

  // Every "Suite.Name" of a program, as it lists them itself. `stand_ins` are symbols that only the student defines; they are never called.
  std::vector<std::string> list_tests(const std::vector<Path>& objects, const std::vector<std::string>& stand_ins, const std::string& program,
                                      const Profile& profile);

  // Of a cached object; parsed once.
  const LinkNames& link_names(const Path& object);

  // Lines "symbol replacement" for the student's object, and for that of a program that is no test: its processes are its own affair.
  std::map<std::string, std::string> redirections(model::Engine engine) const;
  std::map<std::string, std::string> program_redirections(model::Engine engine) const;

  const CourseFiles& files() const { return course_; }
  const Path& cache_folder() const { return cache_.folder(); }
  std::vector<Path> readable_by_box() const;  // what compiling a student's file may see of the course

 private:
  using Wanted = std::function<bool(const std::string& part, const std::string& name)>;
  std::vector<Path> inside_objects(const std::vector<std::string>& parts, const Profile& profile, const Wanted& wanted);
  Path inside_object(const std::string& part, const std::string& name, const Profile& profile, bool instrument);
  Path compile(CompileTask task, const Profile& profile, const ObjectCache::Roots& roots, const std::string& label);
  void keep_inline_functions(const Path& object);

  const Toolchain& toolchain_;
  CourseFiles course_;
  run::ProcessRunner& runner_;
  ObjectCache cache_;
  std::mutex mutex_;
  std::map<std::string, LinkNames> link_names_;
};

}  // namespace lockstep::build
