#include "grader/report/schedule_text.hpp"

#include <algorithm>

namespace lockstep::report {
namespace {

constexpr std::size_t widest_column = 20;
constexpr std::size_t narrowest_column = 9;
constexpr std::size_t least_source = 10;  // less of a line of source says nothing
constexpr std::size_t most_rows = 60;

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

std::string clipped(std::string text, std::size_t width) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text.size() <= width ? text : text.substr(0, width - 3) + "...";
}

}  // namespace

std::size_t first_row_shown(const model::Schedule& schedule) { return schedule.rows.size() > most_rows ? schedule.rows.size() - most_rows : 0; }

std::string render_schedule(const model::Schedule& schedule, const SourceLine& source, int width) {
  if (schedule.lanes.empty()) return {};
  const auto room = static_cast<std::size_t>(std::max(width, 40));
  // A part of the room is for the columns. Where they do not fit into it, each step says whose it is.
  const std::size_t column = std::min(widest_column, room * 3 / 5 / schedule.lanes.size());
  const bool in_columns = column >= narrowest_column;
  std::string text, head;
  for (const std::string& lane : schedule.lanes) head += padded(lane.substr(0, column - 1), column);
  if (in_columns) text += clipped(head, room) + "\n";
  const auto step = [&](const model::ScheduleRow& row) {
    const auto lane = static_cast<std::size_t>(row.lane);
    return in_columns ? std::string(lane * column, ' ') + row.text : schedule.lanes[lane] + ": " + row.text;
  };
  // What the text of a step needs, so that the places stand below each other.
  std::size_t places = 0;
  for (const model::ScheduleRow& row : schedule.rows) places = std::max(places, step(row).size());
  places = std::min(places + 2, room > 40 ? room - 32 : room);
  const std::size_t skipped = first_row_shown(schedule);
  if (skipped > 0) text += "(" + std::to_string(skipped) + " steps before are left out)\n";
  for (std::size_t i = skipped; i < schedule.rows.size(); ++i) {
    const model::ScheduleRow& row = schedule.rows[i];
    if (!row.reason.empty()) text += clipped("  -- " + row.reason, room) + "\n";
    std::string line = step(row);
    if (!row.file.empty()) {
      const std::string place = row.file + ":" + std::to_string(row.line);
      line = clipped(line, room - std::min(place.size() + 2, room / 2));  // rather a shorter text than none of the place
      line = padded(line + "  ", places) + place;
      if (source && line.size() + least_source <= room) line += "  " + trimmed(source(row.file, row.line));
    }
    text += clipped(line, room) + "\n";
  }
  return text;
}

}  // namespace lockstep::report
