// The student's part of a build: compiled in the box, audited, and made harmless to what it is linked with.
#pragma once

#include <atomic>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "harness/build/audit.hpp"
#include "harness/build/course_objects.hpp"

namespace lockstep::build {

// Where one build of one submission works: made by make_build_folder, below the workspace, gone with it.
struct BuildFolder {
  Path objects;      // the box may write here
  Path executables;  // nothing but executables
};
BuildFolder make_build_folder(const Workspace& workspace, const std::string& name);

// The symbols of an object that a box wrote. Throws model::Fault if it is no plain file.
ObjectFile read_object(const Path& object);

class Submission {
 public:
  Submission(const model::Exercise& exercise, const Workspace& workspace, const Toolchain& toolchain, CourseObjects& course, run::ProcessRunner& runner)
      : exercise_(exercise), workspace_(workspace), toolchain_(toolchain), course_(course), runner_(runner) {}

  // What the compiler's lexer sees: assembly, attributes, constants that the exercise excludes.
  std::optional<Refusal> screen_tokens() const;

  // Compiles every edited source, merges the objects (sections groups dissolved) and audits the result. The merged object still has all its symbols.
  std::variant<Refusal, Path> compile_sources(const Profile& profile, const BuildFolder& folder) const;

  // For exercises whose edited file is a header: a test program with the student's code in it, compiled in the box.
  std::variant<Refusal, Path> compile_test(const std::string& program, const Profile& profile, const BuildFolder& folder) const;

  // Excluded facilities that the functions of the student's own files use. `object` was compiled without optimisation.
  std::optional<Refusal> screen_object(const Path& object) const;

  // Leaves global only `keep`; renames undefined symbols by `redirections`.
  Path localise(const Path& object, const std::set<std::string>& keep, const std::map<std::string, std::string>& redirections, const BuildFolder& folder) const;

  Refusal does_not_build(const std::string& message, const std::string& file, int line) const;

  bool edits_headers() const;
  const std::string& main_file() const { return workspace_.edit.front(); }  // where findings without a place of their own go
  std::vector<std::string> sources() const;  // the edited files that are compiled by themselves

 private:
  std::variant<Refusal, Path> compile(CompileTask task, const Profile& profile, const std::vector<Path>& readable, const BuildFolder& folder) const;
  Path merge(const std::vector<Path>& objects, const Path& merged, const BuildFolder& folder) const;
  std::optional<Refusal> screen_preprocessed(const std::string& text, bool edited) const;
  std::optional<Refusal> audit(const Path& object, bool holds_tests) const;
  Refusal refuse_offence(const Offence& offence, const std::string& file) const;
  std::string source_line(const std::string& file, int line) const;

  const model::Exercise& exercise_;
  const Workspace& workspace_;
  const Toolchain& toolchain_;
  CourseObjects& course_;
  run::ProcessRunner& runner_;
};

}  // namespace lockstep::build
