// What a report tells, before it has a format: the record in the order in which a student reads it, all text visible (visible_text.hpp) and of
// bounded length. The formats for people (terminal, Markdown, HTML) differ only in how they show a story.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "grader/report/render_input.hpp"

namespace lockstep::report {

enum class Mark {
  good,     // passed
  bad,      // did not pass, and the submission is why
  waiting,  // blocked, or graded by the instructor
  ours,     // the grader failed
};

std::string_view sign_of(Mark mark);  // "✓", "✗", "–", "!": so that colour is never the only carrier of the meaning

struct Place {
  std::string function;  // may be empty
  std::string file;
  int line = 0;      // 0: not known
  bool own = false;  // Story::files holds the line

  friend bool operator==(const Place&, const Place&) = default;
};

std::string position_of(const Place& place);  // "bank.cpp:12"

struct TraceStory {  // tasks, accesses or ranks that stand at the same place
  std::vector<std::string> titles;
  std::vector<Place> places;  // innermost first
};

struct FindingStory {
  std::vector<std::string> what;  // its lines
  std::vector<std::string> why;
  std::vector<TraceStory> traces;
  std::string test;
  std::vector<std::string> output;  // shortened in the middle
  model::Schedule schedule;  // its texts visible; no lanes: there is none
};

struct CheckStory {
  std::string id;
  std::string says;
  Mark mark = Mark::ours;
  model::Verdict verdict = model::Verdict::infra_error;
  std::string verdict_title;
  std::string meaning;
  int earned = 0;
  int points = 0;
  bool decided = true;  // its points were earned or lost
  std::string engine;
  std::string engine_proves;
  bool hidden = false;
  std::string coverage;  // how much was looked at, of a check that passed
  std::string blocked_by;
  std::vector<FindingStory> findings;
  std::size_t more_findings = 0;  // left out
  std::vector<std::string>
      also;           // ids of other checks that did not pass for the very same reason, and are told here (a file that does not build)
  std::string again;  // the command that shows it again; empty: it cannot be shown to this reader
};

struct FileStory {
  std::string name;
  std::vector<std::string> lines;
  std::size_t lines_left_out = 0;  // at the end
};

struct Story {
  std::string exercise;
  std::string title;
  std::string submitter;
  std::string repository_folder;  // where the files stand in the submission's repository, "." for its root; empty: not known
  int earned = 0;
  int points = 0;
  std::vector<std::string> headline;  // sentences about the grade as a whole
  std::vector<CheckStory> checks;     // in the manifest's order
  std::vector<std::size_t> telling;   // indices of the checks that have something to explain, most severe first
  std::vector<FileStory> files;
  std::vector<std::string> remarks;  // what did not count, and what else a reader must know
  bool protections_complete = true;
  std::vector<model::Protection> protections;
  std::string protection_level;
  std::vector<std::pair<std::string, std::string>> facts;  // seed, toolchain, host, hashes: name and value
  std::vector<std::pair<std::string, double>> stages;      // milliseconds
  double total_ms = 0;
};

Story tell(const RenderInput& input);

// What stands above FindingStory::schedule.
std::string_view schedule_label(const CheckStory& check);

// The schedule as text: a column per thread, a line per step, with its line of source if the story holds it.
std::vector<std::string> schedule_lines(const Story& story, const model::Schedule& schedule, int width);

// What stands above FindingStory::output: whose words they are.
std::string_view output_label(const CheckStory& check);

// The file with this name, or null.
const FileStory* find_file(const Story& story, const std::string& name);

struct ExcerptLine {
  int number = 0;
  std::string text;
  bool marked = false;
};

// The line and up to `context` lines before and after it; those before and after are left out where they are blank at an end.
std::vector<ExcerptLine> excerpt(const FileStory& file, int line, int context);

// Line of `file` -> what happened there, over all checks ("no_data_race: thread T1 writes 8 bytes").
std::map<int, std::vector<std::string>> marked_lines(const Story& story, const std::string& file);

}  // namespace lockstep::report
