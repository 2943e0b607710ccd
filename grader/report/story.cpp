#include "grader/report/story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>

#include "grader/report/schedule_text.hpp"
#include "grader/report/visible_text.hpp"

namespace lockstep::report {

namespace {

using model::CheckResult;
using model::Verdict;

// Bounds of what is shown. The record holds more; a report that nobody can read to its end explains nothing.
constexpr std::size_t findings_shown = 3;
constexpr std::size_t places_shown = 8;
constexpr std::size_t traces_shown = 16;
constexpr std::size_t file_lines_shown = 3000;
constexpr int line_limit = 400;   // columns
constexpr int short_limit = 200;  // columns of a name
constexpr int hash_limit = 17;    // enough to compare by eye; the record holds the whole

std::string brief(const std::string& text) { return clip(visible_line(text), short_limit); }

std::vector<std::string> lines_of(const std::string& text, std::size_t head, std::size_t tail) {
  return shorten(visible_lines(text), head, tail, line_limit);
}

// "pdc::Bank::transfer(unsigned long, long) const" without its parameters: the name is what a reader looks for, the line is beside it. A lambda
// is known by the function that it stands in.
std::string brief_function(const std::string& function) {
  std::string name = visible_line(function);
  const std::string nameless = "(anonymous namespace)::";
  for (std::size_t at = name.find(nameless); at != std::string::npos; at = name.find(nameless)) name.erase(at, nameless.size());
  std::string lead;
  if (const std::size_t lambda = name.find("::{lambda"); lambda != std::string::npos) {
    name.resize(lambda);
    lead = "a lambda of ";
  }
  std::string out = lead;
  int depth = 0;
  for (const char c : name) {
    if (c == ')') depth = std::max(0, depth - 1);
    if (depth == 0) out += c;
    if (c == '(') ++depth;
  }
  return clip(out, short_limit);
}

// The table's phrases stand in rows; alone they are sentences.
std::string sentence(std::string_view phrase) {
  std::string text(phrase);
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text + ".";
}

Mark mark_of(Verdict verdict) {
  if (verdict == Verdict::passed) return Mark::good;
  if (model::blame_of(verdict) == model::Blame::student) return Mark::bad;
  return verdict == Verdict::infra_error ? Mark::ours : Mark::waiting;
}

std::vector<FileStory> tell_files(const model::Record& record) {
  std::vector<FileStory> files;
  for (const model::SubmittedFile& file : record.files) {
    if (file.text.empty()) continue;
    FileStory told{brief(file.name), visible_lines(file.text), 0};
    if (told.lines.size() > file_lines_shown) {
      told.lines_left_out = told.lines.size() - file_lines_shown;
      told.lines.resize(file_lines_shown);
    }
    for (std::string& line : told.lines) line = clip(line, line_limit);
    files.push_back(std::move(told));
  }
  return files;
}

TraceStory tell_trace(const Story& story, const model::Trace& trace) {
  TraceStory told{{brief(trace.title)}, {}};
  for (const model::Frame& frame : trace.frames) {
    if (told.places.size() == places_shown) break;
    Place place{brief_function(frame.function), brief(frame.file), std::max(frame.line, 0), false};
    const FileStory* file = find_file(story, place.file);
    place.own = file != nullptr && place.line >= 1 && static_cast<std::size_t>(place.line) <= file->lines.size();
    if (!place.file.empty() || !place.function.empty()) told.places.push_back(std::move(place));
  }
  return told;
}

// A damaged record may tell of lanes and rows that are not there.
model::Schedule tell_schedule(model::Schedule schedule) {
  const auto has_no_lane = [&](const auto& part) { return part.lane < 0 || static_cast<std::size_t>(part.lane) >= schedule.lanes.size(); };
  std::erase_if(schedule.rows, has_no_lane);
  std::erase_if(schedule.spans, has_no_lane);
  std::erase_if(schedule.arrows, has_no_lane);
  const int rows = static_cast<int>(schedule.rows.size());
  std::erase_if(schedule.spans, [&](const model::ScheduleSpan& span) { return span.from < 0 || span.from > span.to || span.to > rows; });
  std::erase_if(schedule.arrows, [&](const model::ScheduleArrow& arrow) { return arrow.row < 0 || arrow.row >= rows; });
    const auto shown = [](std::initializer_list<std::reference_wrapper<std::string>> texts) {
    for (std::string& text : texts) text = brief(text);
  };
  for (std::string& lane : schedule.lanes) shown({lane});
  for (model::ScheduleRow& row : schedule.rows) shown({row.text, row.file, row.reason});
  for (model::ScheduleSpan& span : schedule.spans) shown({span.what, span.name});
  for (model::ScheduleArrow& arrow : schedule.arrows) shown({arrow.what});
  return schedule;
}

FindingStory tell_finding(const Story& story, const model::Finding& finding) {
  FindingStory told{lines_of(finding.what, 16, 4), lines_of(finding.why, 8, 2), {}, brief(finding.test), lines_of(finding.output, 40, 60), tell_schedule(finding.schedule)};
  for (std::size_t i = 0; i < std::min(finding.traces.size(), traces_shown); ++i) {
    TraceStory next = tell_trace(story, finding.traces[i]);
    const auto same = std::find_if(told.traces.begin(), told.traces.end(), [&](const TraceStory& other) { return other.places == next.places; });
    if (same == told.traces.end())
      told.traces.push_back(std::move(next));
    else
      same->titles.push_back(std::move(next.titles.front()));
  }
  return told;
}

// A folder of a class may be called anything; what is shown is meant to be copied into a shell.
std::string shell_word(const std::string& text) {
  const std::string shown = visible_line(text);
  const auto plain = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("_./+:@%-").find(c) != std::string_view::npos;
  };
  if (std::all_of(shown.begin(), shown.end(), plain)) return shown;
  std::string quoted = "'";
  for (const char c : shown) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string command_for(const RenderInput& input, const CheckResult& check) {
  const model::Record& record = input.record;
  if (mark_of(check.verdict) != Mark::bad) return {};
  const bool about_the_file = check.verdict == Verdict::does_not_build || check.verdict == Verdict::forbidden;
  const std::string what = about_the_file ? record.exercise : fmt::format("{} --only {} --seed {}", record.exercise, check.id, record.seed);
  // A student's tree holds their own files, and no hidden test.
  if (input.audience == Audience::student) return check.hidden && !about_the_file ? "" : "lockstep check " + what;
  const std::string known = record.student_path.empty() ? "DIR/" + record.submitter : record.student_path;
  return fmt::format("lockstep grade {} --submission {}", what, shell_word(input.submission.empty() ? known : input.submission));
}

// What was said above needs no second time: the same reason, the same output, a line of source that stands in the excerpt.
void leave_out_repetitions(CheckStory& check) {
  std::set<std::vector<std::string>> whys, outputs;
  for (FindingStory& finding : check.findings) {
    if (!whys.insert(finding.why).second) finding.why.clear();
    if (!outputs.insert(finding.output).second) finding.output.clear();
    const bool shown = std::any_of(finding.traces.begin(), finding.traces.end(), [](const TraceStory& trace) {
      return std::any_of(trace.places.begin(), trace.places.end(), [](const Place& place) { return place.own; });
    });
    const bool about_the_file = check.verdict == Verdict::does_not_build || check.verdict == Verdict::forbidden;
    if (about_the_file && shown && finding.output.size() == 1) finding.output.clear();
  }
}

CheckStory tell_check(const RenderInput& input, const Story& story, const CheckResult& check, const scoring::CheckGrade& grade) {
  const model::VerdictRow& row = model::row_of(check.verdict);
  CheckStory told;
  told.id = brief(check.id);
  told.says = clip(visible_line(check.says), line_limit);
  told.coverage = clip(visible_line(check.coverage), line_limit);
  told.mark = mark_of(check.verdict);
  told.verdict = check.verdict;
  told.verdict_title = row.title;
  told.meaning = sentence(row.meaning);
  told.earned = grade.earned;
  told.points = check.points;
  told.decided = grade.standing == scoring::Standing::earned || grade.standing == scoring::Standing::lost;
  told.engine = model::word_of(check.engine);
  told.engine_proves = model::row_of(check.engine).proves;
  told.hidden = check.hidden;
  told.blocked_by = brief(check.blocked_by);
  for (const model::Finding& finding : check.findings) {
    if (told.findings.size() == findings_shown) break;
    told.findings.push_back(tell_finding(story, finding));
    if (told.findings.back().why == std::vector{told.meaning}) told.findings.back().why.clear();  // the redacted finding of a hidden check
  }
  leave_out_repetitions(told);
  told.more_findings = check.findings.size() - told.findings.size();
  told.again = brief(command_for(input, check));
  return told;
}

bool same_reason(const CheckResult& a, const CheckResult& b) {
  if (a.verdict != b.verdict || a.findings.empty()) return false;
  const bool about_the_file = a.verdict == Verdict::does_not_build || a.verdict == Verdict::forbidden;
  if (about_the_file && b.hidden && !a.hidden) return true;  // redaction leaves the hidden one without its own words
  return std::equal(a.findings.begin(), a.findings.end(), b.findings.begin(), b.findings.end(),
                    [](const model::Finding& x, const model::Finding& y) {
                      return x.what == y.what && x.why == y.why && x.output == y.output && x.test == y.test;
                    });
}

std::string points(int count) { return fmt::format("{} {}", count, count == 1 ? "point" : "points"); }

std::vector<std::string> tell_headline(const Story& story, const scoring::Grade& grade) {
  std::vector<std::string> sentences;
  const auto passed = std::count_if(story.checks.begin(), story.checks.end(), [](const CheckStory& check) { return check.mark == Mark::good; });
  if (grade.full_marks())
    sentences.emplace_back("Every check passes. Full marks.");
  else if (grade.all_decided_passed())
    sentences.emplace_back("Every check that could be graded passes.");
  else
    sentences.push_back(fmt::format("{} of {} checks {}.", passed, story.checks.size(), passed == 1 ? "passes" : "pass"));
  if (grade.pending > 0) sentences.push_back(fmt::format("{} will be graded by your instructor.", points(grade.pending)));
  if (grade.provisional)
    sentences.push_back(
        fmt::format("This grade is provisional: the grader itself failed on {}. That costs you nothing; they will be graded again.",
                    points(grade.undecided)));
  const auto first = std::find_if(story.telling.begin(), story.telling.end(), [&](std::size_t i) { return story.checks[i].mark == Mark::bad; });
  if (first != story.telling.end() && story.telling.size() > 1)
    sentences.push_back(fmt::format("Start with {}: it explains most.", story.checks[*first].id));
  return sentences;
}

void tell_circumstances(Story& story, const model::Record& record) {
  for (const std::string& note : record.notes) story.remarks.push_back(clip(visible_line(note), line_limit));
  for (const std::string& ignored : record.ignored) story.remarks.push_back(clip(visible_line(ignored), line_limit));
  for (const model::Protection& protection : record.protections) {
    story.protections.push_back({brief(protection.name), protection.in_force, brief(protection.how)});
    story.protections_complete = story.protections_complete && protection.in_force;
  }
  story.protection_level = brief(record.protection_level);
  story.facts = {{"seed", std::to_string(record.seed)},
                 {"toolchain", brief(record.toolchain)},
                 {"exercise version", clip(visible_line(record.exercise_version), hash_limit)},
                 {"submission (SHA-256)", clip(visible_line(record.submission_sha256), hash_limit)}};
  for (const auto& [name, value] : record.host) story.facts.emplace_back(brief(name), brief(value));
  std::erase_if(story.facts, [](const auto& fact) { return fact.second.empty(); });
  for (const model::Stage& stage : record.stages) {
    story.stages.emplace_back(brief(stage.name), stage.ms);
    if (stage.name != "processes, summed") story.total_ms += stage.ms;  // it is the sum of the others
  }
}

}  // namespace

std::string_view sign_of(Mark mark) {
  switch (mark) {
    case Mark::good:
      return "✓";
    case Mark::bad:
      return "✗";
    case Mark::waiting:
      return "–";
    case Mark::ours:
      return "!";
  }
  return "?";
}

std::string_view schedule_label(const CheckStory& check) {
  return check.engine == model::word_of(model::Engine::mpi) ? "The end, rank by rank" : "The schedule, step by step";
}

std::vector<std::string> schedule_lines(const Story& story, const model::Schedule& schedule, int width) {
  const auto source = [&](const std::string& name, int line) {
    const FileStory* file = find_file(story, name);
    return file != nullptr && line >= 1 && static_cast<std::size_t>(line) <= file->lines.size() ? file->lines[static_cast<std::size_t>(line) - 1] : std::string();
  };
  return lines_of(render_schedule(schedule, source, width), 1, 160);  // what matters stands at the end
}

std::string_view output_label(const CheckStory& check) {
  if (check.verdict == Verdict::does_not_build) return "What the compiler says";
  return check.verdict == Verdict::forbidden ? "The line" : "What the program printed";
}

std::string position_of(const Place& place) { return place.line > 0 ? fmt::format("{}:{}", place.file, place.line) : place.file; }

const FileStory* find_file(const Story& story, const std::string& name) {
  const auto found = std::find_if(story.files.begin(), story.files.end(), [&](const FileStory& file) { return file.name == name; });
  return found == story.files.end() ? nullptr : &*found;
}

std::vector<ExcerptLine> excerpt(const FileStory& file, int line, int context) {
  const int last_line = static_cast<int>(file.lines.size());
  int first = std::max(1, line - context);
  int last = std::min(last_line, line + context);
  const auto blank = [&](int number) { return file.lines[static_cast<std::size_t>(number - 1)].find_first_not_of(' ') == std::string::npos; };
  while (first < line && blank(first)) ++first;
  while (last > line && blank(last)) --last;
  std::vector<ExcerptLine> lines;
  for (int number = first; number <= last; ++number) lines.push_back({number, file.lines[static_cast<std::size_t>(number - 1)], number == line});
  return lines;
}

std::map<int, std::vector<std::string>> marked_lines(const Story& story, const std::string& file) {
  std::map<int, std::vector<std::string>> marks;
  for (const std::size_t index : story.telling)
    for (const FindingStory& finding : story.checks[index].findings)
      for (const TraceStory& trace : finding.traces) {
        // The innermost own line only: it is where something happened; the callers above it are context.
        const auto place = std::find_if(trace.places.begin(), trace.places.end(), [](const Place& p) { return p.own; });
        if (place == trace.places.end() || place->file != file) continue;
        std::vector<std::string>& notes = marks[place->line];
        for (const std::string& title : trace.titles) {
          const std::string note = story.checks[index].id + ": " + title;
          if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
        }
      }
  return marks;
}

Story tell(const RenderInput& input) {
  const model::Record& record = input.record;
  Story story;
  story.exercise = brief(record.exercise);
  story.title = brief(record.title);
  story.submitter = brief(record.submitter);
  story.repository_folder = brief(record.student_path);
  story.earned = input.grade.earned;
  story.points = input.grade.possible;
  story.files = tell_files(record);
  for (std::size_t i = 0; i < record.checks.size(); ++i) {
    story.checks.push_back(tell_check(input, story, record.checks[i], input.grade.checks.at(i)));
    const CheckStory& told = story.checks.back();
    if (told.mark != Mark::bad && told.mark != Mark::ours) continue;
    const auto first = std::find_if(story.telling.begin(), story.telling.end(),
                                    [&](std::size_t earlier) { return same_reason(record.checks[earlier], record.checks[i]); });
    if (first == story.telling.end())
      story.telling.push_back(i);
    else
      story.checks[*first].also.push_back(told.id);
  }
  std::stable_sort(story.telling.begin(), story.telling.end(), [&](std::size_t a, std::size_t b) {
    return model::row_of(story.checks[a].verdict).severity > model::row_of(story.checks[b].verdict).severity;
  });
  story.headline = tell_headline(story, input.grade);
  tell_circumstances(story, record);
  return story;
}

}  // namespace lockstep::report
