#include "grader/report/junit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>

#include "grader/report/place_in_repository.hpp"
#include "grader/report/story.hpp"

namespace lockstep::report {

namespace {

std::string joined(const std::vector<std::string>& lines, const char* between) { return fmt::format("{}", fmt::join(lines, between)); }

std::string text_of(const CheckStory& check) {
  std::string text;
  for (const FindingStory& finding : check.findings) {
    if (!text.empty()) text += "\n";
    text += joined(finding.what, "\n") + "\n";
    for (const TraceStory& trace : finding.traces) {
      text += joined(trace.titles, "\n") + "\n";
      for (const Place& place : trace.places)
        text += fmt::format("    {}{}{}\n", position_of(place), place.function.empty() ? "" : " in ", place.function);
    }
    if (!finding.why.empty()) text += joined(finding.why, "\n") + "\n";
  }
  if (check.more_findings > 0) text += fmt::format("and {} more\n", check.more_findings);
  if (!check.again.empty()) text += fmt::format("see it again: {}\n", check.again);
  return text;
}

void add_outcome(pugi::xml_node testcase, const CheckStory& check) {
  if (check.mark == Mark::good) return;
  if (check.mark == Mark::waiting) {
    const std::string reason = check.blocked_by.empty() ? check.verdict_title : fmt::format("blocked: {} did not pass", check.blocked_by);
    testcase.append_child("skipped").append_attribute("message") = reason.c_str();
    return;
  }
  pugi::xml_node problem = testcase.append_child(check.mark == Mark::ours ? "error" : "failure");
  const std::string first = check.findings.empty() || check.findings.front().what.empty() ? check.meaning : check.findings.front().what.front();
  problem.append_attribute("type") = std::string(model::word_of(check.verdict)).c_str();
  problem.append_attribute("message") = fmt::format("{}: {}", check.verdict_title, first).c_str();
  problem.append_child(pugi::node_pcdata).set_value(text_of(check).c_str());
  std::string output;
  for (const FindingStory& finding : check.findings)
    if (!finding.output.empty()) output += joined(finding.output, "\n") + "\n";
  if (!output.empty()) testcase.append_child("system-out").append_child(pugi::node_pcdata).set_value(output.c_str());
}

}  // namespace

// All text comes from the story, where every character that XML 1.0 forbids is a picture or an escape already; pugixml escapes the rest.
std::string render_junit(const RenderInput& input) {
  const Story story = tell(input);
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";

  const auto count = [&](Mark mark) { return std::count_if(story.checks.begin(), story.checks.end(), [&](const CheckStory& c) { return c.mark == mark; }); };
  pugi::xml_node suites = document.append_child("testsuites");
  pugi::xml_node suite = suites.append_child("testsuite");
  for (pugi::xml_node node : {suites, suite}) {
    node.append_attribute("name") = node == suites ? "lockstep" : story.exercise.c_str();
    node.append_attribute("tests") = static_cast<unsigned>(story.checks.size());
    node.append_attribute("failures") = static_cast<unsigned>(count(Mark::bad));
    node.append_attribute("errors") = static_cast<unsigned>(count(Mark::ours));
    node.append_attribute("skipped") = static_cast<unsigned>(count(Mark::waiting));
    node.append_attribute("time") = fmt::format("{:.3f}", story.total_ms / 1000).c_str();
  }
  std::string classname = story.exercise;  // Jenkins takes what stands before the last dot for a package
  std::replace(classname.begin(), classname.end(), '/', '.');
  for (const CheckStory& check : story.checks) {
    pugi::xml_node testcase = suite.append_child("testcase");
    testcase.append_attribute("classname") = classname.c_str();
    testcase.append_attribute("name") = check.id.c_str();
    if (const auto place = place_in_repository(story, check); place.has_value()) {
      testcase.append_attribute("file") = place->path.c_str();
      if (place->line > 0) testcase.append_attribute("line") = place->line;
    }
    add_outcome(testcase, check);
  }
  std::ostringstream out;
  document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
  return out.str();
}

}  // namespace lockstep::report
