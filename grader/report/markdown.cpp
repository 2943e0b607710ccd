// Laid out by templates/summary.md.mustache. The library's escaping is replaced by Markdown's; only fenced blocks go in unescaped.
#include "grader/report/markdown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <kainjow/mustache.hpp>

#include "grader/report/markdown_text.hpp"
#include "grader/report/story.hpp"
#include "grader/report/visible_text.hpp"

namespace lockstep::report {

namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

const char* const summary_template =
#include "grader/report/templates/summary.md.mustache"
    ;

data text_or_false(const std::string& text) { return text.empty() ? data(false) : data(text); }

data texts(const std::vector<std::string>& lines) {
  data list(data::type::list);
  for (const std::string& line : lines) list.push_back(line);
  return list;
}

std::string source_block(const Story& story, const Place& place, bool innermost) {
  const FileStory* file = place.own ? find_file(story, place.file) : nullptr;
  if (file == nullptr) return {};
  std::vector<std::string> lines;
  for (const ExcerptLine& line : excerpt(*file, place.line, innermost ? 2 : 0))
    lines.push_back(fmt::format("{} {:4} | {}", line.marked ? ">" : " ", line.number, clip(line.text, 160)));
  return fenced(lines, "cpp");
}

data finding_data(const Story& story, const CheckStory& check, const FindingStory& finding) {
  data out;
  out.set("what", finding.what.size() == 1 ? escape_markdown(finding.what.front()) : fenced(finding.what, ""));
  data traces(data::type::list);
  for (const TraceStory& trace : finding.traces) {
    data places(data::type::list);
    for (std::size_t i = 0; i < trace.places.size(); ++i) {
      data place;
      place.set("outer", i > 0);
      place.set("position", position_of(trace.places[i]));
      place.set("function", text_or_false(trace.places[i].function));
      place.set("code", text_or_false(source_block(story, trace.places[i], i == 0)));
      places.push_back(place);
    }
    data one;
    one.set("titles", texts(trace.titles));
    one.set("places", places);
    traces.push_back(one);
  }
  out.set("traces", traces);
  out.set("why", texts(finding.why));
  out.set("output_label", std::string(output_label(check)));
  out.set("output", finding.output.empty() ? data(false) : data(fenced(shorten(finding.output, 15, 25, 200), "")));
  return out;
}

data check_data(const CheckStory& check) {
  data out;
  out.set("sign", std::string(sign_of(check.mark)));
  out.set("id", check.id);
  out.set("says", check.says);
  out.set("verdict", check.verdict_title);
  out.set("waits_for", text_or_false(check.verdict == model::Verdict::blocked ? check.blocked_by : ""));
  out.set("score", check.decided ? std::to_string(check.earned) : "?");
  out.set("points", std::to_string(check.points));
  return out;
}

data told_data(const Story& story, const CheckStory& check) {
  data out = check_data(check);
  out.set("also", text_or_false(fmt::format("{}", fmt::join(check.also, ", "))));
  data findings(data::type::list);
  for (const FindingStory& finding : check.findings) findings.push_back(finding_data(story, check, finding));
  out.set("findings", findings);
  out.set("more", check.more_findings == 0 ? data(false) : data(std::to_string(check.more_findings)));
  out.set("again", check.again.empty() ? data(false) : data(fenced({check.again}, "sh")));
  return out;
}

std::string render(const Story& story, std::size_t told) {
  data page;
  page.set("title", story.title.empty() ? story.exercise : story.title);
  page.set("earned", std::to_string(story.earned));
  page.set("points", std::to_string(story.points));
  page.set("headline", fmt::format("{}", fmt::join(story.headline, " ")));
  data checks(data::type::list);
  for (const CheckStory& check : story.checks) checks.push_back(check_data(check));
  page.set("checks", checks);
  data telling(data::type::list);
  for (std::size_t i = 0; i < told; ++i) telling.push_back(told_data(story, story.checks[story.telling[i]]));
  page.set("telling", telling);
  page.set("left_out", told == story.telling.size() ? data(false) : data(std::to_string(story.telling.size() - told)));
  page.set("remarks", texts(story.remarks));
  mustache layout(summary_template);
  layout.set_custom_escape([](const std::string& text) { return escape_markdown(text); });
  return layout.render(page);
}

}  // namespace

std::string render_markdown(const RenderInput& input) {
  const Story story = tell(input);
  for (std::size_t told = story.telling.size();; --told) {
    std::string text = render(story, told);
    if (told == 0 || text.size() <= summary_bytes_at_most) return text;
  }
}

}  // namespace lockstep::report
