// The tree of the course: which folders are exercises, and whether each has all that belongs to it.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "harness/catalog/catalog.hpp"
#include "harness/catalog/digest.hpp"
#include "harness/catalog/hints.hpp"
#include "harness/catalog/ignored.hpp"
#include "harness/catalog/names.hpp"
#include "harness/catalog/text_file.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::catalog {

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
    if (entry.is_directory(error) && !entry.path().filename().string().starts_with(".")) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

bool holds_exercises(const fs::path& folder) {
  for (const fs::path& exercise : folders_in(folder))
    if (fs::exists(exercise / "exercise.json")) return true;
  return false;
}

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

void check_files(const model::Exercise& exercise, const std::string& label, std::vector<Problem>& problems) {
  const std::string manifest = label + "/exercise.json";
  for (const std::string& name : exercise.edit)
    if (is_plain_source_name(name, true) && !is_file(exercise.folder / name))
      problems.push_back({manifest, "edit", "there is no file " + in_quotes(name) + " in " + label});
  for (std::size_t i = 0; i < exercise.checks.size(); ++i) {
    const model::Check& check = exercise.checks[i];
    if (!is_plain_source_name(check.program, false)) continue;  // reported by parse_manifest
    if (check.hidden && !exercise.solution) continue;           // not in this tree: the check is unavailable, which is no mistake
    const std::string tests = (check.hidden ? "solutions/" + exercise.id : label) + "/tests/";
    const fs::path program = (check.hidden ? *exercise.solution : exercise.folder) / "tests" / check.program;
    if (!is_file(program))
      problems.push_back({manifest, "checks[" + std::to_string(i) + "].program", "there is no file " + tests + check.program});
  }
}

std::vector<std::string> read_hints(const model::Exercise& exercise, const std::string& label, std::vector<Problem>& problems) {
  const std::string file = label + "/HINTS.md";
  const std::optional<std::string> text = read_text_file(exercise.folder / "HINTS.md");
  if (!text) return problems.push_back({file, "", "is missing"}), std::vector<std::string>();
  return parse_hints(*text, file, problems);
}

void digest_folder(Digest& digest, const fs::path& folder, const std::string& label) {
  std::map<std::string, fs::path> files;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
    if (is_file(entry.path())) files[entry.path().filename().string()] = entry.path();
  for (const auto& [name, path] : files) digest.add(label + name).add(read_text_file(path).value_or(""));
}

// Everything that can change a verdict or its points; no prose. Hidden tests are part of it where the tree has them.
std::string version_of(const model::Exercise& exercise, const fs::path& root) {
  Digest digest;
  digest.add(exercise.id);
  for (const std::string& name : exercise.edit) digest.add("edit").add(name);
  for (const model::Forbidden& forbidden : exercise.forbid) digest.add("forbid").add(forbidden.facility);
  for (const model::Check& check : exercise.checks) {
    digest.add("check").add(check.id).add(model::word_of(check.engine)).add(check.program).add(std::to_string(check.points));
    digest.add(check.hidden ? "hidden" : "public").add(check.measures ? "measures" : "").add(model::word_of(check.deadlock_means));
    for (const std::string& pattern : check.tests) digest.add("tests").add(pattern);
    for (const std::string& need : check.needs) digest.add("needs").add(need);
  }
  for (const std::string& name : canonical_files(exercise)) digest.add(name).add(read_text_file(exercise.folder / name).value_or(""));
  if (exercise.solution) digest_folder(digest, *exercise.solution / "tests", "hidden/");
  digest_folder(digest, root / "exercises" / "pdc", "pdc/");
  return digest.hex();
}

std::optional<model::Exercise> read_exercise(const fs::path& root, const std::string& id, std::vector<Problem>& problems) {
  const std::string label = "exercises/" + id;
  const fs::path folder = root / "exercises" / id;
  const std::size_t problems_before = problems.size();
  const std::optional<std::string> text = read_text_file(folder / "exercise.json");
  if (!text) {
    problems.push_back({label + "/exercise.json", "", "is missing, or cannot be read"});
    return std::nullopt;
  }
  model::Exercise exercise = parse_manifest(*text, id, label + "/exercise.json", problems);
  exercise.folder = folder;
  if (fs::is_directory(root / "solutions" / id)) exercise.solution = root / "solutions" / id;
  if (!is_snake_case(exercise.name)) problems.push_back({label, "", "the folder's name is not snake_case"});
  check_files(exercise, label, problems);
  if (!is_file(folder / "README.md")) problems.push_back({label + "/README.md", "", "is missing"});
  exercise.hints = read_hints(exercise, label, problems);
  if (problems.size() != problems_before) return std::nullopt;
  exercise.version = version_of(exercise, root);
  return exercise;
}

}  // namespace

std::optional<fs::path> find_course_root(const fs::path& from) {
  std::error_code error;
  fs::path folder = fs::absolute(from, error).lexically_normal();
  while (!error) {
    for (const fs::path& chapter : folders_in(folder / "exercises"))
      if (is_chapter_name(chapter.filename().string()) && holds_exercises(chapter)) return folder;
    if (folder == folder.parent_path()) break;
    folder = folder.parent_path();
  }
  return std::nullopt;
}

Course read_course(const fs::path& root) {
  Course course;
  course.root = fs::absolute(root).lexically_normal();
  if (!course.root.has_filename()) course.root = course.root.parent_path();
  if (!fs::is_directory(course.root / "exercises"))
    throw model::UsageError("there is no folder exercises/ in " + in_quotes(course.root.string()));
  for (const fs::path& chapter : folders_in(course.root / "exercises")) {
    const std::string name = chapter.filename().string();
    if (!is_chapter_name(name)) {
      if (holds_exercises(chapter))
        course.problems.push_back({"exercises/" + name, "", "holds exercises, but its name is not a chapter's, such as 02_threads"});
      continue;
    }
    for (const fs::path& folder : folders_in(chapter)) {
      std::optional<model::Exercise> exercise = read_exercise(course.root, name + "/" + folder.filename().string(), course.problems);
      if (exercise) course.exercises.push_back(std::move(*exercise));
    }
  }
  return course;
}

}  // namespace lockstep::catalog
