// The page is laid out by templates/page.html.mustache, a piece of source by templates/code.html.mustache; the library escapes what is put into
// them. Only our own style sheet, and what was rendered by a template already (pieces of source, pictures of schedules), go in unescaped.
#include "grader/report/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <kainjow/mustache.hpp>

#include "grader/report/cpp_tokens.hpp"
#include "grader/report/schedule_picture.hpp"
#include "grader/report/story.hpp"

namespace lockstep::report {

namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

// Each template is a file that holds one raw string literal, so that the compiler embeds it and knows what depends on it.
const char* const page_template =
#include "grader/report/templates/page.html.mustache"
    ;
const char* const code_template =
#include "grader/report/templates/code.html.mustache"
    ;
const char* const style_sheet =
#include "grader/report/templates/page.css"
    ;

std::string word_of(Mark mark) {
  switch (mark) {
    case Mark::good:
      return "good";
    case Mark::bad:
      return "bad";
    case Mark::waiting:
      return "waiting";
    case Mark::ours:
      return "ours";
  }
  return {};
}

// A key that is missing is looked up in the enclosing object, so optional values are set to false, never left out.
data text_or_false(const std::string& text) { return text.empty() ? data(false) : data(text); }
data count_or_false(std::size_t count) { return count == 0 ? data(false) : data(std::to_string(count)); }

data texts(const std::vector<std::string>& lines) {
  data list(data::type::list);
  for (const std::string& line : lines) list.push_back(line);
  return list;
}

std::string anchor_of(std::size_t check) { return fmt::format("check-{}", check + 1); }

constexpr int schedule_columns = 110;  // of the text

class Sources {  // the submitted files, split into tokens once
 public:
  explicit Sources(const Story& story) {
    for (const FileStory& file : story.files) tokens_.emplace(file.name, cpp_tokens(file.lines));
  }

  std::string render(const std::string& file, const std::vector<ExcerptLine>& lines, const std::map<int, std::vector<std::string>>& notes,
                     const std::string& label) const {
    data rendered(data::type::list);
    const auto& tokens = tokens_.at(file);
    for (const ExcerptLine& line : lines) {
      data pieces(data::type::list);
      for (const Token& token : tokens[static_cast<std::size_t>(line.number - 1)]) {
        data piece;
        piece.set("kind", text_or_false(std::string(token.kind)));
        piece.set("text", token.text);
        pieces.push_back(piece);
      }
      data one;
      one.set("number", std::to_string(line.number));
      one.set("marked", line.marked);
      one.set("tokens", pieces);
      const auto note = notes.find(line.number);
      one.set("notes", note == notes.end() ? data(false) : texts(note->second));
      rendered.push_back(one);
    }
    data block;
    block.set("label", label);
    block.set("lines", rendered);
    return mustache(code_template).render(block);
  }

 private:
  std::map<std::string, std::vector<std::vector<Token>>> tokens_;
};

data place_data(const Story& story, const Sources& sources, const Place& place, bool innermost) {
  data out;
  out.set("outer", !innermost);
  out.set("position", position_of(place));
  out.set("function", text_or_false(place.function));
  const FileStory* file = place.own ? find_file(story, place.file) : nullptr;
  std::string code;
  if (file != nullptr)
    code = sources.render(place.file, excerpt(*file, place.line, innermost ? 3 : 0), {}, "source around " + position_of(place));
  out.set("code", code);
  return out;
}

data finding_data(const Story& story, const Sources& sources, const CheckStory& check, const FindingStory& finding) {
  data out;
  out.set("what", texts(finding.what));
  out.set("aligned", finding.what.size() > 1);  // a message of GoogleTest: its lines stand under each other
  data traces(data::type::list);
  for (const TraceStory& trace : finding.traces) {
    data places(data::type::list);
    for (std::size_t i = 0; i < trace.places.size(); ++i) places.push_back(place_data(story, sources, trace.places[i], i == 0));
    data one;
    one.set("titles", texts(trace.titles));
    one.set("places", places);
    traces.push_back(one);
  }
  out.set("traces", traces);
  out.set("has_why", !finding.why.empty());
  out.set("why_label", check.mark == Mark::ours ? "What it means for you" : "Why this is wrong");
  out.set("why", texts(finding.why));
  out.set("test", text_or_false(finding.test));
  out.set("engine", check.engine);
  out.set("engine_proves", check.engine_proves);
  const bool refused = check.verdict == model::Verdict::does_not_build;
  out.set("has_output", !finding.output.empty());
  out.set("output_open", refused);
  out.set("output_label", std::string(output_label(check)));
  out.set("output_size", fmt::format("{} {}", finding.output.size(), finding.output.size() == 1 ? "line" : "lines"));
  out.set("output", texts(finding.output));
  out.set("has_schedule", !finding.schedule.lanes.empty());
  out.set("schedule_label", std::string(schedule_label(check)));
  out.set("picture", render_schedule_picture(finding.schedule));
  out.set("schedule", texts(schedule_lines(story, finding.schedule, schedule_columns)));
  return out;
}

data check_data(const Story& story, std::size_t index) {
  const CheckStory& check = story.checks[index];
  data out;
  // Where it is told: at its own place, or with another check that failed for the same reason.
  const auto teller = std::find_if(story.telling.begin(), story.telling.end(), [&](std::size_t other) {
    const std::vector<std::string>& also = story.checks[other].also;
    return other == index || std::find(also.begin(), also.end(), check.id) != also.end();
  });
  out.set("anchor", teller == story.telling.end() ? data(false) : data(anchor_of(*teller)));
  out.set("id", check.id);
  out.set("says", check.says);
  out.set("mark", word_of(check.mark));
  out.set("sign", std::string(sign_of(check.mark)));
  out.set("verdict", check.verdict_title);
  out.set("meaning", check.meaning);
  out.set("hidden", check.hidden);
  out.set("waits_for", text_or_false(check.verdict == model::Verdict::blocked ? check.blocked_by : ""));
  out.set("points", std::to_string(check.points));
  out.set("score", check.decided ? std::to_string(check.earned) : "?");
  return out;
}

data told_data(const Story& story, const Sources& sources, std::size_t index) {
  const CheckStory& check = story.checks[index];
  data out = check_data(story, index);
  const bool about_the_file = check.verdict == model::Verdict::does_not_build || check.verdict == model::Verdict::forbidden;
  out.set("claim_label", check.mark == Mark::ours ? "Not decided" : about_the_file ? "Not tested" : "Not true yet");
  out.set("also", text_or_false(fmt::format("{}", fmt::join(check.also, ", "))));
  data findings(data::type::list);
  for (const FindingStory& finding : check.findings) findings.push_back(finding_data(story, sources, check, finding));
  out.set("findings", findings);
  out.set("more", count_or_false(check.more_findings));
  out.set("again", text_or_false(check.again));
  return out;
}

data file_data(const Story& story, const Sources& sources, const FileStory& file) {
  const auto marks = marked_lines(story, file.name);
  std::vector<ExcerptLine> lines;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const int number = static_cast<int>(i) + 1;
    lines.push_back({number, file.lines[i], marks.contains(number)});
  }
  data out;
  out.set("name", file.name);
  out.set("code", sources.render(file.name, lines, marks, "the whole of " + file.name));
  out.set("left_out", count_or_false(file.lines_left_out));
  return out;
}

std::string duration(double ms) { return ms < 1000 ? fmt::format("{:.0f} ms", ms) : fmt::format("{:.1f} s", ms / 1000); }

data named(const std::string& name, const std::string& key, const std::string& value) {
  data out;
  out.set("name", name);
  out.set(key, value);
  return out;
}

void set_circumstances(data& page, const Story& story) {
  data facts(data::type::list);
  for (const auto& [name, value] : story.facts) facts.push_back(named(name, "value", value));
  page.set("facts", facts);
  data protections(data::type::list);
  for (const model::Protection& protection : story.protections) {
    data one = named(protection.name, "how", protection.how);
    one.set("state", protection.in_force ? "good" : "bad");
    one.set("sign", std::string(sign_of(protection.in_force ? Mark::good : Mark::bad)));
    one.set("missing", !protection.in_force);
    protections.push_back(one);
  }
  page.set("protections", protections);
  page.set("has_protections", !story.protections.empty());
  page.set("level", text_or_false(story.protection_level));
  data stages(data::type::list);
  for (const auto& [name, ms] : story.stages) stages.push_back(named(name, "time", duration(ms)));
  page.set("stages", stages);
  page.set("has_stages", !story.stages.empty());
  page.set("total", duration(story.total_ms));
  page.set("remarks", texts(story.remarks));
  page.set("has_remarks", !story.remarks.empty());
}

}  // namespace

std::string render_html(const RenderInput& input) {
  const Story story = tell(input);
  const Sources sources(story);
  data page;
  page.set("style", style_sheet);
  page.set("title", story.title.empty() ? story.exercise : story.title);
  page.set("exercise", story.submitter.empty() ? story.exercise : story.exercise + " · " + story.submitter);
  page.set("earned", std::to_string(story.earned));
  page.set("points", std::to_string(story.points));
  page.set("headline", texts(story.headline));
  data checks(data::type::list);
  for (std::size_t i = 0; i < story.checks.size(); ++i) checks.push_back(check_data(story, i));
  page.set("checks", checks);
  data telling(data::type::list);
  for (const std::size_t index : story.telling) telling.push_back(told_data(story, sources, index));
  page.set("telling", telling);
  data files(data::type::list);
  for (const FileStory& file : story.files) files.push_back(file_data(story, sources, file));
  page.set("files", files);
  page.set("has_files", !story.files.empty());
  page.set("several_files", story.files.size() > 1);
  set_circumstances(page, story);
  return mustache(page_template).render(page);
}

}  // namespace lockstep::report
