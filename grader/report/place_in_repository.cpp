#include "grader/report/place_in_repository.hpp"

namespace lockstep::report {

std::optional<RepositoryPlace> place_in_repository(const Story& story, const CheckStory& check) {
  if (story.repository_folder.empty() || story.files.empty() || (check.mark != Mark::bad && check.mark != Mark::ours)) return std::nullopt;
  const std::string folder = story.repository_folder == "." ? "" : story.repository_folder + "/";
  for (const FindingStory& finding : check.findings)
    for (const TraceStory& trace : finding.traces)
      for (const Place& place : trace.places)
        if (place.own) return RepositoryPlace{folder + place.file, place.line};
  return RepositoryPlace{folder + story.files.front().name, 0};
}

}  // namespace lockstep::report
