#include "grader/report/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grader/report/story.hpp"
#include "grader/report/visible_text.hpp"

namespace lockstep::report {

namespace {

enum class Tone { plain, bold, dim, good, bad, waiting, ours };

Tone tone_of(Mark mark) {
  switch (mark) {
    case Mark::good:
      return Tone::good;
    case Mark::bad:
      return Tone::bad;
    case Mark::waiting:
      return Tone::waiting;
    case Mark::ours:
      return Tone::ours;
  }
  return Tone::plain;
}

std::string_view code_of(Tone tone) {  // ECMA-48 SGR; the 16 colours that every theme adapts to its background
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::bold:
      return "1";
    case Tone::dim:
      return "2";
    case Tone::good:
      return "32";
    case Tone::bad:
      return "1;31";
    case Tone::waiting:
      return "36";
    case Tone::ours:
      return "1;33";
  }
  return "";
}

class Page {
 public:
  Page(bool colour, int width) : colour_(colour), width_(std::max(width, 40)) {}

  int width() const { return width_; }
  std::string paint(Tone tone, std::string_view text) const {
    if (!colour_ || tone == Tone::plain || text.empty()) return std::string(text);
    return fmt::format("\x1B[{}m{}\x1B[0m", code_of(tone), text);
  }
  void line(std::string_view text = "") { text_ += fmt::format("{}\n", text); }
  // Words, wrapped and indented; a line's own indentation is kept (GoogleTest's messages have some).
  void words(int indent, const std::vector<std::string>& lines, Tone tone = Tone::plain) {
    for (const std::string& given : lines) {
      const auto own =
          static_cast<int>(std::min<std::size_t>(given.find_first_not_of(' ') == std::string::npos ? 0 : given.find_first_not_of(' '), 8));
      for (const std::string& part : wrap(given, width_ - indent - own)) line(fmt::format("{:{}}{}", "", indent + own, paint(tone, part)));
    }
  }
  std::string take() { return std::move(text_); }

 private:
  bool colour_;
  int width_;
  std::string text_;
};

std::string padded(std::string_view text, int width) {
  return std::string(text) + std::string(static_cast<std::size_t>(std::max(0, width - columns(text))), ' ');
}

std::string standing_of(const CheckStory& check) {
  if (check.mark == Mark::good) return {};
  if (check.verdict == model::Verdict::blocked && !check.blocked_by.empty()) return "waits for " + check.blocked_by;
  return check.verdict_title;
}

void show_summary(Page& page, const Story& story) {
  const std::string grade = fmt::format("{} of {} points", story.earned, story.points);
  const std::string name = clip(story.title.empty() ? story.exercise : story.title + "  " + story.exercise, page.width() - columns(grade) - 2);
  page.line(page.paint(Tone::bold, padded(name, page.width() - columns(grade))) + page.paint(Tone::bold, grade));
  if (!story.submitter.empty()) page.line(page.paint(Tone::dim, clip("submission " + story.submitter, page.width())));
  page.line();

  int id_width = 0;
  for (const CheckStory& check : story.checks) id_width = std::max(id_width, columns(check.id));
  id_width = std::min(id_width, page.width() / 2);
  for (const CheckStory& check : story.checks) {
    const std::string standing = standing_of(check);
    const std::string score = check.decided ? fmt::format("{:3} /{:3}", check.earned, check.points) : fmt::format("  ? /{:3}", check.points);
    const std::string left = "  " + page.paint(tone_of(check.mark), sign_of(check.mark)) + " " + padded(clip(check.id, id_width), id_width);
    const int room = page.width() - 4 - id_width - 2 - columns(score) - 1;
    page.line(left + "  " + page.paint(tone_of(check.mark), padded(clip(standing.empty() ? "passed" : standing, room), room)) + " " + score);
    for (const std::string& part : wrap(check.says, page.width() - 6)) page.line("      " + page.paint(Tone::dim, part));
    if (!check.coverage.empty())
      for (const std::string& part : wrap("(" + check.coverage + ")", page.width() - 6)) page.line("      " + page.paint(Tone::dim, part));
  }
  page.line();
  for (const std::string& sentence : story.headline) page.words(0, {sentence});
}

void show_source(Page& page, const Story& story, const Place& place, int context) {
  const FileStory* file = find_file(story, place.file);
  if (file == nullptr || !place.own) return;
  for (const ExcerptLine& line : excerpt(*file, place.line, context)) {
    const std::string text = fmt::format("{} {:4} | {}", line.marked ? ">" : " ", line.number, clip(line.text, page.width() - 15));
    page.line("      " + page.paint(line.marked ? Tone::bad : Tone::dim, text));
    if (!line.marked || context == 0) continue;  // a caller's line stands alone: nothing to point out in it
    const std::size_t first = line.text.find_first_not_of(' ');
    if (first == std::string::npos) continue;
    const std::string clipped = clip(line.text, page.width() - 15);
    const std::string carets(static_cast<std::size_t>(std::max(1, columns(clipped) - static_cast<int>(first))), '^');
    page.line("      " + page.paint(Tone::bad, fmt::format("       | {:{}}{}", "", first, carets)));
  }
}

void show_trace(Page& page, const Story& story, const TraceStory& trace) {
  page.words(4, trace.titles, Tone::bold);
  bool innermost = true;
  for (const Place& place : trace.places) {
    const std::string where = position_of(place);
    const std::string in = place.function.empty() ? "" : (where.empty() ? "in " : "  in ") + place.function;
    page.line("      " + clip((innermost ? "" : "called from ") + where + in, page.width() - 6));
    show_source(page, story, place, innermost ? 2 : 0);
    innermost = false;
  }
}

void show_finding(Page& page, const Story& story, const CheckStory& check, const FindingStory& finding) {
  page.words(4, finding.what);
  for (const TraceStory& trace : finding.traces) {
    page.line();
    show_trace(page, story, trace);
  }
  if (!finding.why.empty()) {
    page.line();
    page.words(4, finding.why);
  }
  if (!finding.schedule.lanes.empty()) {
    page.line();
    page.line("    " + page.paint(Tone::bold, schedule_label(check)));
    for (const std::string& text : schedule_lines(story, finding.schedule, page.width() - 6)) page.line("      " + clip(text, page.width() - 6));
  }
  if (!finding.output.empty()) {
    page.line();
    page.line("    " + page.paint(Tone::bold, output_label(check)));
    for (const std::string& text : shorten(finding.output, 8, 16, page.width() - 8)) page.line("      | " + page.paint(Tone::dim, text));
  }
}

void show_check(Page& page, const Story& story, const CheckStory& check) {
  page.line();
  const std::string head = fmt::format("{} {}: {}", sign_of(check.mark), check.id, check.verdict_title);
  page.line(page.paint(tone_of(check.mark), clip(head, page.width())));
  if (check.findings.empty()) page.words(2, {check.meaning});
  if (!check.also.empty()) page.words(2, {fmt::format("The same holds for {}.", fmt::join(check.also, ", "))}, Tone::dim);
  bool first = true;
  for (const FindingStory& finding : check.findings) {
    page.line();
    if (!first) page.line("  " + page.paint(Tone::dim, "also"));
    first = false;
    show_finding(page, story, check, finding);
  }
  if (check.more_findings > 0) page.line(fmt::format("\n    and {} more of this check", check.more_findings));
  if (!check.again.empty()) page.line("\n    see it again:  " + page.paint(Tone::bold, check.again));
}

}  // namespace

std::string render_terminal(const RenderInput& input) {
  const Story story = tell(input);
  Page page(input.colour, input.width);
  show_summary(page, story);
  for (const std::size_t index : story.telling) show_check(page, story, story.checks[index]);
  if (!story.remarks.empty()) page.line();
  for (const std::string& remark : story.remarks) page.words(0, {"note: " + remark}, Tone::dim);
  for (const model::Protection& protection : story.protections)
    if (!protection.in_force) page.words(0, {fmt::format("note: protection missing: {} ({})", protection.name, protection.how)}, Tone::dim);
  return page.take();
}

}  // namespace lockstep::report
