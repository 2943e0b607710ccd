// The course as a tree of folders, read into plain values. Manifests hold facts; the tree is the registry.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/build/workspace.hpp"
#include "harness/model/exercise.hpp"
#include "harness/model/record.hpp"

namespace lockstep::catalog {

// One mistake in a manifest or in the course's tree: file, key, reason, and what to do.
struct Problem {
  std::string file;
  std::string key;  // "checks[2].points"; empty if it concerns the whole file
  std::string reason;
};

struct Course {
  std::filesystem::path root;              // holds exercises/ and, for an instructor, solutions/
  std::vector<model::Exercise> exercises;  // by id
  std::vector<Problem> problems;           // every mistake of every manifest, all at once
};

// Walks up from `from` to a folder that holds exercises/NN_*/*/exercise.json. Nothing if there is none.
std::optional<std::filesystem::path> find_course_root(const std::filesystem::path& from);

// Reads all manifests. Mistakes become problems; exercises with problems are left out of `exercises`.
Course read_course(const std::filesystem::path& root);

// Parses one manifest's text (pure; the unit tests' way in). `file` is only for messages.
model::Exercise parse_manifest(const std::string& text, const std::string& id, const std::string& file, std::vector<Problem>& problems);

// The exercise named by `name`: its id ("02_threads/barrier"), its name ("barrier") or a path that ends in its id. Throws model::UsageError
// that lists the nearest names if there is none or if the name is ambiguous, and one that shows its mistakes if the exercise was left out
// because of them.
const model::Exercise& find_exercise(const Course& course, const std::string& name);

// A submission's edit files laid over the canonical exercise.
struct Overlay {
  build::Workspace workspace;
  std::optional<model::Finding> refused;  // a file that cannot be graded (missing, empty, too big, link, fifo, ...): `does_not_build`
  std::vector<model::SubmittedFile> files;
  std::vector<std::string> ignored;  // what else differs in the submission, with "ignored" and why
  std::string sha256;                // over names and contents of the edit files
};

// Copies by content into `workspace_folder` (made here, or empty): the exercise's headers and tests, and the student's edit files over them;
// regular files only, opened without following links, at most 1 MiB each. `submission` is a folder that holds the edit files (the exercise's own
// folder, say), or the edit file itself under any name. Throws model::UsageError if `submission` itself is missing or cannot be read,
// model::Fault if the workspace cannot be made.
Overlay make_overlay(const model::Exercise& exercise, const std::filesystem::path& submission, const std::filesystem::path& workspace_folder);

// Where the submission of `exercise` stands below `all`: a folder laid out like exercises/, or one folder per exercise name. Symbolic links
// below `all` are not followed.
std::optional<std::filesystem::path> find_submission(const model::Exercise& exercise, const std::filesystem::path& all);

// One line for each problem: "file: key: reason".
std::string render_problems(const std::vector<Problem>& problems);

}  // namespace lockstep::catalog
