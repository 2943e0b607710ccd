#include "harness/catalog/ignored.hpp"

#include <algorithm>

#include "harness/catalog/names.hpp"

namespace lockstep::catalog {

namespace {

constexpr std::size_t most_lines = 20;
constexpr std::size_t most_entries = 1000;  // of one folder

bool is_edit_file(const model::Exercise& exercise, const std::string& name) {
  return std::find(exercise.edit.begin(), exercise.edit.end(), name) != exercise.edit.end();
}

// `canonical` is null where the exercise has no such folder.
void compare(const model::Exercise& exercise, const Folder& submitted, const Folder* canonical, const std::string& prefix,
             std::vector<std::string>& lines) {
  for (const Folder::Entry& entry : submitted.entries(most_entries)) {
    if (entry.name.starts_with(".") || (prefix.empty() && is_edit_file(exercise, entry.name))) continue;
    const std::string shown = in_quotes(prefix + entry.name);
    if (entry.kind == Folder::Kind::other) {
      lines.push_back(shown + " is ignored: it is neither a file nor a folder");
      continue;
    }
    const Contents own = read_file(*canonical, entry.name);
    if (entry.kind == Folder::Kind::folder) {
      const Folder theirs = submitted.open_below(entry.name);
      const Folder ours = canonical->open_below(entry.name);
      if (ours.is_open() && theirs.is_open())
        compare(exercise, theirs, &ours, prefix + entry.name + "/", lines);
      else
        lines.push_back(shown + " is ignored: the exercise has no such folder");
    } else if (!own.bytes) {
      lines.push_back(shown + " is ignored: it is not part of the exercise");
    } else if (read_file(submitted, entry.name).bytes != own.bytes) {
      lines.push_back(shown + " is ignored: it was changed, and the exercise's own was used");
    }
  }
}

}  // namespace

std::vector<std::string> canonical_files(const model::Exercise& exercise) {
  std::vector<std::string> files;
  const Folder folder = Folder::open(exercise.folder);
  for (const Folder::Entry& entry : folder.entries(most_entries)) {
    const bool header = entry.name.ends_with(".hpp") || entry.name.ends_with(".h");
    if (entry.kind == Folder::Kind::file && header && !is_edit_file(exercise, entry.name)) files.push_back(entry.name);
  }
  const Folder tests = folder.open_below("tests");
  if (tests.is_open())
    for (const Folder::Entry& entry : tests.entries(most_entries))
      if (entry.kind == Folder::Kind::file && !entry.name.starts_with(".")) files.push_back("tests/" + entry.name);
  return files;
}

std::vector<std::string> list_ignored(const model::Exercise& exercise, const Folder& submission) {
  std::vector<std::string> lines;
  const Folder canonical = Folder::open(exercise.folder);
  if (!canonical.is_open() || canonical.is_same(submission)) return lines;
  compare(exercise, submission, &canonical, "", lines);
  std::sort(lines.begin(), lines.end());
  if (lines.size() > most_lines) {
    const std::size_t left_out = lines.size() - (most_lines - 1);
    lines.resize(most_lines - 1);
    lines.push_back("and " + std::to_string(left_out) + " more are ignored");
  }
  return lines;
}

}  // namespace lockstep::catalog
