// Names that a person types, and folders of a class, to exercises.
#include <algorithm>

#include "harness/catalog/catalog.hpp"
#include "harness/catalog/names.hpp"
#include "harness/catalog/nearest.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::catalog {

namespace {

namespace fs = std::filesystem;

// "./exercises/02_threads/barrier/" -> "exercises/02_threads/barrier"; "." -> the current folder.
std::string normalized(const std::string& name) {
  std::error_code error;
  fs::path path = fs::path(name).lexically_normal();
  if (name.starts_with(".") && fs::is_directory(path, error)) path = fs::absolute(path, error).lexically_normal();
  std::string text = path.generic_string();
  while (text.size() > 1 && text.ends_with('/')) text.pop_back();
  if (text.ends_with("/.")) text.resize(text.size() - 2);
  return text;
}

bool ends_in_id(const std::string& path, const std::string& id) {
  return path == id || (path.ends_with(id) && path[path.size() - id.size() - 1] == '/');
}

// An exercise that was left out because of its mistakes is not unknown: its mistakes are the answer.
void refuse_if_faulty(const Course& course, const std::string& name) {
  std::vector<Problem> about;
  for (const Problem& problem : course.problems) {
    std::string id = problem.file.starts_with("exercises/") ? problem.file.substr(10) : problem.file;
    const std::size_t chapter_end = id.find('/');
    if (chapter_end == std::string::npos) continue;
    id.resize(std::min(id.size(), id.find('/', chapter_end + 1)));
    if (ends_in_id(name, id) || name == id.substr(chapter_end + 1)) about.push_back(problem);
  }
  if (!about.empty()) throw model::UsageError("the exercise " + in_quotes(name) + " has mistakes in its own files:\n" + render_problems(about));
}

std::string list_of(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : ", ") + id;
  return text;
}

std::vector<std::string> nearest_ids(const Course& course, const std::string& name) {
  std::vector<std::string> words;
  for (const model::Exercise& exercise : course.exercises) words.insert(words.end(), {exercise.id, exercise.name});
  std::vector<std::string> ids;
  for (const std::string& word : nearest_words(name, words, 6))
    for (const model::Exercise& exercise : course.exercises)
      if ((exercise.id == word || exercise.name == word) && ids.size() < 3 && std::find(ids.begin(), ids.end(), exercise.id) == ids.end())
        ids.push_back(exercise.id);
  return ids;
}

}  // namespace

const model::Exercise& find_exercise(const Course& course, const std::string& name) {
  const std::string wanted = normalized(name);
  for (const model::Exercise& exercise : course.exercises)
    if (ends_in_id(wanted, exercise.id)) return exercise;
  const model::Exercise* found = nullptr;
  std::vector<std::string> ids;
  for (const model::Exercise& exercise : course.exercises)
    if (exercise.name == wanted) {
      found = &exercise;
      ids.push_back(exercise.id);
    }
  if (ids.size() > 1) throw model::UsageError(in_quotes(name) + " is the name of several exercises: " + list_of(ids));
  if (found != nullptr) return *found;
  refuse_if_faulty(course, wanted);
  const std::vector<std::string> near = nearest_ids(course, wanted);
  throw model::UsageError("there is no exercise " + in_quotes(name) +
                          (near.empty() ? "; `lockstep list` shows them all" : "; the nearest: " + list_of(near)));
}

std::optional<fs::path> find_submission(const model::Exercise& exercise, const fs::path& all) {
  for (const fs::path& below : {fs::path(exercise.id), "exercises" / fs::path(exercise.id), fs::path(exercise.name)}) {
    // A link inside of what a class handed in could lead anywhere: it is not followed, on no level.
    fs::path at = all;
    bool folders = true;
    for (const fs::path& part : below) {
      std::error_code error;
      at /= part;
      folders = folders && fs::symlink_status(at, error).type() == fs::file_type::directory;
    }
    if (folders) return at;
  }
  return std::nullopt;
}

std::string render_problems(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) text += problem.file + ": " + (problem.key.empty() ? "" : problem.key + ": ") + problem.reason + "\n";
  return text;
}

}  // namespace lockstep::catalog
