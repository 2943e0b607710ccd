#include "grader/report/github.hpp"

#include <fmt/format.h>

#include <string_view>

#include "grader/report/place_in_repository.hpp"
#include "grader/report/story.hpp"

namespace lockstep::report {

namespace {

std::string escape_data(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      default: out += c;
    }
  return out;
}

std::string escape_property(std::string_view text) {
  std::string out;
  for (const char c : escape_data(text)) switch (c) {
      case ':': out += "%3A"; break;
      case ',': out += "%2C"; break;
      default: out += c;
    }
  return out;
}

std::string message_of(const CheckStory& check) {
  std::string text;
  if (check.findings.empty()) {
    text = check.meaning;
  } else {
    const FindingStory& first = check.findings.front();
    text = fmt::format("{}", fmt::join(first.what, "\n"));
    for (const TraceStory& trace : first.traces)
      text += fmt::format("\n{}{}{}", fmt::join(trace.titles, "; "), trace.places.empty() ? "" : " at ", trace.places.empty() ? "" : position_of(trace.places.front()));
    if (!first.why.empty()) text += fmt::format("\n{}", fmt::join(first.why, "\n"));
  }
  if (!check.again.empty()) text += "\nSee it again: " + check.again;
  return text;
}

std::string command(std::string_view kind, const std::string& properties, const std::string& message) {
  return fmt::format("::{} {}::{}\n", kind, properties, escape_data(message));
}

}  // namespace

std::string render_github(const RenderInput& input) {
  const Story story = tell(input);
  std::string summary = fmt::format("{} of {} points. {}", story.earned, story.points, fmt::join(story.headline, " "));
  if (story.telling.size() > annotations_at_most - 1) summary += fmt::format(" The first {} findings are annotated.", annotations_at_most - 1);
  std::string out = command("notice", "title=" + escape_property("lockstep " + story.exercise), summary);
  std::size_t shown = 1;
  for (const std::size_t index : story.telling) {
    if (shown++ == annotations_at_most) break;
    const CheckStory& check = story.checks[index];
    std::string properties;
    if (const auto place = place_in_repository(story, check); place.has_value()) {
      properties = "file=" + escape_property(place->path) + ",";
      if (place->line > 0) properties += fmt::format("line={},", place->line);
    }
    properties += "title=" + escape_property(fmt::format("{}: {}", check.id, check.verdict_title));
    out += command(check.mark == Mark::ours ? "warning" : "error", properties, message_of(check));
  }
  return out;
}

}  // namespace lockstep::report
