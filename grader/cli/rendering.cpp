#include "grader/cli/rendering.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "grader/cli/file_output.hpp"
#include "grader/cli/progress_line.hpp"
#include "grader/report/formats.hpp"
#include "grader/report/record_json.hpp"
#include "grader/scoring/redact.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::cli {
namespace {

std::string render(const model::Record& record, const report::Format& format, const RenderOptions& options, bool to_terminal) {
  const bool student = options.audience == "student";
  const model::Record shown = student ? scoring::redact(record) : record;
  report::RenderInput input{shown, scoring::score(shown)};
  input.audience = student ? report::Audience::student : report::Audience::instructor;
  input.colour = to_terminal && wants_colour(STDOUT_FILENO);
  input.width = terminal_width();
  input.submission = options.submission;
  return format.render(input);
}

}  // namespace

void add_render_options(CLI::App& command, RenderOptions& options) {
  std::vector<std::string> names;
  for (const report::Format& format : report::formats()) names.emplace_back(format.name);
  command
      .add_option("--format", options.formats,
                  "terminal, json, junit, markdown, html or github; may be given\nseveral times (default: terminal; with --out: html)")
      ->check(CLI::IsMember(names).description(""))
      ->type_name("FORMAT")
      ->allow_extra_args(false);
  command.add_option("--out", options.out, "Write files below this folder instead of printing")->type_name("DIR");
  command
      .add_option("--audience", options.audience,
                  "student or instructor: to a student, hidden checks show their\nsentence and points, no test and no expected value")
      ->check(CLI::IsMember({"student", "instructor"}).description(""))
      ->type_name("WHO")
      ->capture_default_str();
}

void check_render_options(const RenderOptions& options, std::size_t documents) {
  if (!options.out.empty()) return require_writable(options.out);
  if (options.formats.size() > 1)
    throw model::UsageError("several formats contradict one standard output: name a folder for them with --out DIR");
  if (documents > 1 && !options.formats.empty() && report::find_format(options.formats.front()).one_document)
    throw model::UsageError("--format " + options.formats.front() + " makes a document for each of the " + std::to_string(documents) +
                            " gradings, which contradicts one standard output: name a folder for them with --out DIR");
}

void deliver(const model::Record& record, const RenderOptions& options, const std::string& folder, bool keep_record) {
  std::vector<std::string> formats = options.formats;
  if (formats.empty()) formats = {options.out.empty() ? "terminal" : "html"};
  const std::filesystem::path where = folder.empty() ? options.out : options.out / folder;
  if (!options.out.empty() && keep_record) write_whole(where / "record.json", report::render_record(record));
  for (const std::string& name : formats) {
    const report::Format& format = report::find_format(name);
    if (options.out.empty())
      fmt::print("{}", render(record, format, options, true));
    else if (!(keep_record && name == "json"))
      write_whole(where / format.file_name, render(record, format, options, false));
  }
}

int exit_code_of(const model::Record& record) {
  const scoring::Grade grade = scoring::score(record);
  if (grade.earned < grade.graded_points) return something_failed;
  if (grade.provisional) return own_fault;
  return all_passed;
}

std::string summary_of(const model::Record& record) {
  const scoring::Grade grade = scoring::score(record);
  const auto passed = std::count_if(record.checks.begin(), record.checks.end(),
                                    [](const model::CheckResult& check) { return check.verdict == model::Verdict::passed; });
  std::string text = fmt::format("{:>3} of {} points  ({} of {} checks passed)", grade.earned, grade.possible, passed, record.checks.size());
  if (grade.pending > 0) text += fmt::format(", {} points graded by your instructor", grade.pending);
  if (grade.provisional) text += ", provisional: the grader failed on a check";
  return text;
}

}  // namespace lockstep::cli
