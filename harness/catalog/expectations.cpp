#include "harness/catalog/expectations.hpp"

#include <algorithm>

#include "harness/catalog/json_fields.hpp"
#include "harness/catalog/names.hpp"
#include "harness/catalog/nearest.hpp"
#include "harness/catalog/text_file.hpp"

namespace lockstep::catalog {

namespace {

namespace fs = std::filesystem;

struct Reading {
  const model::Exercise& exercise;
  std::vector<Problem>& problems;
  fs::path root;  // of the course, for short names in messages

  std::string label(const fs::path& path) const { return path.lexically_relative(root).generic_string(); }
  void problem(const fs::path& path, std::string reason) const { problems.push_back({label(path), "", std::move(reason)}); }
};

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

bool is_among(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// A submission's folder holds each edit file, and of other files only those that `also` names.
void check_submission(const Reading& reading, const fs::path& folder, const std::vector<std::string>& also) {
  for (const std::string& name : reading.exercise.edit)
    if (!fs::is_regular_file(folder / name)) reading.problem(folder / name, "is missing: each submission holds all edit files of the exercise");
  for (const fs::path& entry : entries_of(folder)) {
    const std::string name = entry.filename().string();
    if (!is_among(reading.exercise.edit, name) && !is_among(also, name))
      reading.problem(entry, "is not expected here: only the edit files count");
  }
}

// The folders below `folder`, each of them a story.
std::vector<fs::path> stories_in(const Reading& reading, const fs::path& folder) {
  std::vector<fs::path> stories;
  for (const fs::path& entry : entries_of(folder)) {
    if (!fs::is_directory(entry))
      reading.problem(entry, "is not expected here: each submission has a folder of its own");
    else if (!is_snake_case(entry.filename().string()))
      reading.problem(entry, "the name of a story is snake_case and says what its author did");
    else
      stories.push_back(entry);
  }
  return stories;
}

void read_expect(const Reading& reading, Rejected& rejected) {
  const fs::path path = rejected.folder / "expect.json";
  const std::optional<std::string> text = read_text_file(path);
  if (!text) return reading.problem(path, "is missing: it says which check must catch this submission, and why");
  const std::optional<boost::json::value> root = read_json(*text, reading.label(path), reading.problems);
  if (!root) return;
  JsonFields fields(*root, "", reading.label(path), reading.problems);
  // What stops every check needs no check that catches it.
  const bool stops_all = rejected.verdict == model::Verdict::does_not_build || rejected.verdict == model::Verdict::forbidden;
  const std::string first = stops_all ? fields.optional_text("check").value_or("") : fields.text("check");
  const std::vector<std::string> also = fields.texts("also");
  rejected.why = fields.text("why");
  fields.finish();
  std::vector<std::string> ids;
  for (const model::Check& check : reading.exercise.checks) ids.push_back(check.id);
  const auto take = [&](const char* key, const std::string& id) {
    if (is_among(ids, id))
      rejected.checks.push_back(id);
    else
      fields.problem(key, in_quotes(id) + " is not the id of a check" + did_you_mean(id, ids));
  };
  if (!first.empty()) take("check", first);
  for (const std::string& id : also) take("also", id);
}

void read_rejected(const Reading& reading, const fs::path& folder, std::vector<Rejected>& rejected) {
  for (const fs::path& verdict_folder : entries_of(folder)) {
    const std::string word = verdict_folder.filename().string();
    const std::optional<model::Verdict> verdict = model::verdict_from(word);
    if (!verdict || model::blame_of(*verdict) != model::Blame::student) {
      std::vector<std::string> words;
      for (const model::VerdictRow& row : model::verdict_table)
        if (row.blame == model::Blame::student) words.emplace_back(row.word);
      reading.problem(verdict_folder, "is not named after a verdict that blames a submission" + did_you_mean(word, words));
      continue;
    }
    for (const fs::path& story : stories_in(reading, verdict_folder)) {
      const std::size_t problems_before = reading.problems.size();
      Rejected variant{*verdict, story.filename().string(), story, {}, ""};
      check_submission(reading, story, {"expect.json"});
      read_expect(reading, variant);
      if (reading.problems.size() == problems_before) rejected.push_back(std::move(variant));
    }
  }
}

// A program that no check names would never run.
void check_tests(const Reading& reading, const fs::path& tests, bool hidden) {
  for (const fs::path& entry : entries_of(tests)) {
    const std::string name = entry.filename().string();
    const auto runs_it = [&](const model::Check& check) { return check.hidden == hidden && check.program == name; };
    if (name.ends_with(".cpp") && std::none_of(reading.exercise.checks.begin(), reading.exercise.checks.end(), runs_it))
      reading.problem(entry, std::string("is not the program of a ") + (hidden ? "hidden" : "public") + " check");
  }
}

}  // namespace

Expectations read_expectations(const model::Exercise& exercise) {
  Expectations expectations;
  const fs::path& solution = exercise.solution.value();
  // solutions/<chapter>/<name> stands three levels below the root.
  const Reading reading{exercise, expectations.problems, solution.parent_path().parent_path().parent_path()};

  for (const fs::path& entry : entries_of(solution))
    if (!is_among({"NOTES.md", "reference", "accepted", "rejected", "tests"}, entry.filename().string()))
      reading.problem(entry, "is not expected here");
  if (!fs::is_regular_file(solution / "NOTES.md"))
    reading.problem(solution / "NOTES.md", "is missing: why this exercise, and the usual mistakes");

  if (fs::is_directory(solution / "reference")) {
    expectations.reference = solution / "reference";
    check_submission(reading, expectations.reference, {});
  } else {
    reading.problem(solution / "reference", "is missing: a submission that earns 100");
  }
  for (const fs::path& story : stories_in(reading, solution / "accepted")) {
    const std::size_t problems_before = expectations.problems.size();
    check_submission(reading, story, {});
    if (expectations.problems.size() == problems_before) expectations.accepted.push_back({story.filename().string(), story});
  }
  read_rejected(reading, solution / "rejected", expectations.rejected);
  check_tests(reading, exercise.folder / "tests", false);
  check_tests(reading, solution / "tests", true);
  return expectations;
}

}  // namespace lockstep::catalog
