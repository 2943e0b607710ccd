// What a student has tried: kept in .lockstep/progress.json of their own tree, and worth nothing to a grade.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace lockstep::cli {

struct Attempt {
  std::string sha256;   // of the edit files at the last check
  std::string version;  // of the exercise then
  int earned = 0;
  int graded = 0;  // points of the checks that could be decided
  int hints = 0;   // how many were shown
};

class StudentProgress {
 public:
  // A damaged file is treated as empty: it only remembers, it decides nothing.
  explicit StudentProgress(const std::filesystem::path& course_root);
  std::optional<Attempt> of(const std::string& exercise) const;
  void set(const std::string& exercise, const Attempt& attempt);  // writes the file
  bool any() const { return !attempts_.empty(); }

 private:
  std::filesystem::path file_;
  std::map<std::string, Attempt> attempts_;
};

}  // namespace lockstep::cli
