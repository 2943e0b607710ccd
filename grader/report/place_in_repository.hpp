// Where in the repository of the submission a check's finding belongs.
#pragma once

#include <optional>
#include <string>

#include "grader/report/story.hpp"

namespace lockstep::report {

struct RepositoryPlace {
  std::string path;  // relative to the repository's root
  int line = 0;      // 0: the file as a whole
};

// The innermost own line of the first finding that has one, or else the first submitted file. Nothing for a check that has nothing to explain, and where it
// is not known in which folder of the repository the files stand.
std::optional<RepositoryPlace> place_in_repository(const Story& story, const CheckStory& check);

}  // namespace lockstep::report
