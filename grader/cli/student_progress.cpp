#include "grader/cli/student_progress.hpp"

#include <boost/json.hpp>

#include "grader/cli/file_output.hpp"

namespace lockstep::cli {
namespace json = boost::json;

StudentProgress::StudentProgress(const std::filesystem::path& course_root) : file_(course_root / ".lockstep" / "progress.json") {
  try {
    const json::value all = json::parse(read_whole(file_));
    for (const auto& [id, value] : all.as_object())
      attempts_[id] = {json::value_to<std::string>(value.at("sha256")), json::value_to<std::string>(value.at("version")), json::value_to<int>(value.at("earned")),
                       json::value_to<int>(value.at("graded")), json::value_to<int>(value.at("hints"))};
  } catch (const std::exception&) {
    attempts_.clear();
  }
}

std::optional<Attempt> StudentProgress::of(const std::string& exercise) const {
  const auto found = attempts_.find(exercise);
  if (found == attempts_.end()) return std::nullopt;
  return found->second;
}

void StudentProgress::set(const std::string& exercise, const Attempt& attempt) {
  attempts_[exercise] = attempt;
  json::object all;
  for (const auto& [id, a] : attempts_)
    all[id] = {{"sha256", a.sha256}, {"version", a.version}, {"earned", a.earned}, {"graded", a.graded}, {"hints", a.hints}};
  write_whole(file_, json::serialize(all) + "\n");
}

}  // namespace lockstep::cli
