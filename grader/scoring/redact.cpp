#include "grader/scoring/redact.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>

namespace lockstep::scoring {

namespace {

using model::Verdict;

bool is_word_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool keeps_places(Verdict verdict) { return verdict == Verdict::data_race || verdict == Verdict::crash || verdict == Verdict::deadlock; }

// A title is kept if it consists of words that every trace may have; it could otherwise name a test's thread, variable or rank. Where a thread
// was created is the test's business.
std::string plain_title(std::string title) {
  if (const std::size_t from = title.find(" (created at "), to = title.find(')', from); to != std::string::npos)
    title.erase(from, to + 1 - from);
  static const std::set<std::string_view> words{
      "main",      "thread",   "process", "rank",   "task",   "reads",  "writes", "read",  "write",   "waits",     "here",     "bytes",
      "byte",      "an",       "a",       "as",     "access", "the",    "one",    "other", "and",     "of",        "first",    "then",
      "for",       "to",       "be",      "is",     "that",   "from",   "mutex",  "held",  "another", "condition", "variable", "notified",
      "semaphore", "released", "end",     "atomic", "change", "result", "future", "child", "pipe",    "in",        "others",   "arrive"};
  std::size_t at = 0;
  while (at < title.size()) {
    std::size_t end = at;
    while (end < title.size() && is_word_character(title[end])) ++end;
    const std::string_view word = std::string_view(title).substr(at, end - at);
    const std::string_view digits = word.starts_with('T') ? word.substr(1) : word;  // "T12": ThreadSanitizer's name of a thread
    const bool number = !digits.empty() && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!number && !words.contains(word)) return "in your code";
    if (end < title.size() && title[end] != ' ' && title[end] != ',') return "in your code";
    while (end < title.size() && (title[end] == ' ' || title[end] == ',')) ++end;
    at = end;
  }
  return title.empty() ? "in your code" : title;
}

std::string generic_sentence(Verdict verdict) {
  switch (verdict) {
    case Verdict::wrong_answer:
      return "A hidden test of this check expects another result than your code gives.";
    case Verdict::data_race:
      return "A hidden test makes two threads meet in your code without any order between them.";
    case Verdict::deadlock:
      return "In a hidden test your code comes to a state in which nobody can go on.";
    case Verdict::livelock:
      return "In a hidden test your code takes steps without getting anything done.";
    case Verdict::not_concurrent:
      return "A hidden test lets work overlap, and your code does it one after the other.";
    case Verdict::too_slow:
      return "A hidden test counts the work that is done, and your code does more than the task allows.";
    case Verdict::leak:
      return "After a hidden test something of your code was left behind.";
    case Verdict::mpi_misuse:
      return "In a hidden test your code breaks a rule of the MPI standard.";
    case Verdict::crash:
      return "A hidden test ended with a crash.";
    case Verdict::unfinished:
      return "A hidden test's program ended before the test had reported.";
    case Verdict::does_not_build:
      return "Your file does not build together with a hidden test.";
    case Verdict::forbidden:
      return "Your file uses a facility that this exercise excludes; the README names them.";
    case Verdict::infra_error:
      return "The grader itself failed on this check. It costs you nothing.";
    case Verdict::unavailable:
      return "The hidden tests of this check are with your instructor.";
    case Verdict::passed:
    case Verdict::blocked:
      break;
  }
  return "";
}

model::Finding redacted_finding(const model::CheckResult& check, const std::set<std::string>& students_files) {
  model::Finding finding;
  finding.what = generic_sentence(check.verdict);
  finding.why = std::string(model::row_of(check.verdict).meaning) + ".";
  finding.why.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(finding.why.front())));
  if (!keeps_places(check.verdict)) return finding;
  for (const model::Trace& trace : check.findings.front().traces) {
    model::Trace kept{plain_title(trace.title), {}};
    for (const model::Frame& frame : trace.frames)
      if (frame.students && students_files.contains(frame.file))
        kept.frames.push_back({plain_function_name(frame.function), frame.file, frame.line, true, false});
    if (!kept.frames.empty()) finding.traces.push_back(std::move(kept));
  }
  return finding;
}

// Where `text` first names one of `names` or a path of a solution; npos if nowhere.
std::size_t first_mention(const std::string& text, const std::set<std::string>& names) {
  std::size_t first = text.find("solutions/");
  for (const std::string& name : names) first = std::min(first, text.find(name));
  return first;
}

}  // namespace

std::string plain_function_name(const std::string& demangled) {
  // Operators have brackets in their names, lambdas and local classes carry whole signatures: the part before them is the function that one
  // knows.
  const std::string text = demangled.substr(0, std::min(demangled.find("::operator"), demangled.find("::{")));
  std::string flat;  // without anything in brackets
  int depth = 0;
  for (const char c : text) {
    if (c == '<' || c == '(' || c == '[' || c == '{') ++depth;
    if (depth == 0) flat += c;
    if (c == '>' || c == ')' || c == ']' || c == '}') --depth;
    if (depth < 0) return "";
  }
  if (depth != 0) return "";
  for (const std::string_view suffix : {" const", " &&", " &", " noexcept"})
    if (flat.ends_with(suffix)) flat.resize(flat.size() - suffix.size());
  const std::size_t end = flat.find_last_not_of(' ');
  if (end == std::string::npos) return "";
  flat.resize(end + 1);
  std::string name = flat.substr(flat.rfind(' ') == std::string::npos ? 0 : flat.rfind(' ') + 1);
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) { return is_word_character(c) || c == ':' || c == '~'; });
  return plain ? name : "";
}

model::Record redact(const model::Record& record) {
  model::Record seen = record;
  std::set<std::string> students_files;
  for (const model::SubmittedFile& file : record.files) students_files.insert(file.name);

  bool any_hidden = false;
  for (model::CheckResult& check : seen.checks) {
    if (!check.hidden) continue;
    any_hidden = true;
    if (!check.findings.empty()) check.findings = {redacted_finding(check, students_files)};
  }

  if (!any_hidden) return seen;

  std::set<std::string> names;  // of programs and tests
  for (const model::TestRun& run : seen.runs) names.insert({run.program, run.test});
  names.erase("");
  seen.runs.clear();
  std::erase_if(seen.notes, [&](const std::string& note) { return first_mention(note, names) != std::string::npos; });
  for (model::Stage& stage : seen.stages) {
    stage.name.resize(std::min(stage.name.size(), first_mention(stage.name, names)));
    while (stage.name.ends_with(' ')) stage.name.pop_back();
  }
  return seen;
}

}  // namespace lockstep::scoring
