#include "grader/cli/selection.hpp"

#include <algorithm>

#include "harness/catalog/nearest.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::cli {

void require_checks(const model::Exercise& exercise, const std::vector<std::string>& ids) {
  std::vector<std::string> known;
  for (const model::Check& check : exercise.checks) known.push_back(check.id);
  for (const std::string& id : ids) {
    if (std::find(known.begin(), known.end(), id) != known.end()) continue;
    std::string message = exercise.id + " has no check `" + id + "`" + catalog::did_you_mean(id, known) + "; it has";
    for (const std::string& each : known) message += "\n  " + each;
    throw model::UsageError(message);
  }
}

}  // namespace lockstep::cli
