// Golden files: every sample record in every format, byte for byte. After a change that is meant, look at the new pages in a browser, and write them with
//   UPDATE_GOLDEN=1 build/bin/lockstep_report_tests --gtest_filter='*Golden*'
#include "grader/report/formats.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <pugixml.hpp>
#include <sstream>

#include "grader/report/github.hpp"
#include "grader/report/markdown.hpp"
#include "grader/report/samples/sample_records.hpp"
#include "grader/report/visible_text.hpp"
#include "grader/scoring/redact.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::report {
namespace {

const std::filesystem::path golden_folder = std::filesystem::path(__FILE__).parent_path() / "golden";

std::string render_sample(const samples::Sample& sample, std::string_view format, bool colour = false) {
  const model::Record record = scoring::redact(sample.record());
  return find_format(format).render({record, scoring::score(record), Audience::student, colour, 80});
}

const samples::Sample& the_sample(std::string_view name) {
  for (const samples::Sample& sample : samples::all)
    if (sample.name == name) return sample;
  throw std::logic_error("no such sample");
}

void compare_with_golden(const std::string& name, const std::string& text) {
  const std::filesystem::path file = golden_folder / name;
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream(file, std::ios::binary) << text;
    return;
  }
  std::ostringstream stored;
  stored << std::ifstream(file, std::ios::binary).rdbuf();
  ASSERT_FALSE(stored.str().empty()) << file << " is missing";
  if (stored.str() == text) return;
  const auto at = std::mismatch(text.begin(), text.end(), stored.str().begin(), stored.str().end()).first - text.begin();
  const auto from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, at - 60));
  FAIL() << name << " differs at byte " << at << ": ..." << text.substr(from, 160) << "...";
}

class Golden : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(Golden, IsWhatIsRendered) {
  const auto& [sample, format] = GetParam();
  compare_with_golden(sample + "." + std::filesystem::path(find_format(format).file_name).filename().string(), render_sample(the_sample(sample), format));
}

std::vector<std::pair<std::string, std::string>> every_pair() {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const samples::Sample& sample : samples::all)
    for (const Format& format : formats())
      if (format.name != "json") pairs.emplace_back(sample.name, format.name);  // record_json_test.cpp
  return pairs;
}

INSTANTIATE_TEST_SUITE_P(Reports, Golden, testing::ValuesIn(every_pair()),
                         [](const auto& each) { return each.param.first + "_" + each.param.second; });

TEST(Formats, UnknownNameListsTheOnesThereAre) {
  try {
    find_format("pdf");
    FAIL() << "no exception";
  } catch (const model::UsageError& error) {
    EXPECT_NE(std::string(error.what()).find("terminal, json, junit, markdown, html, github"), std::string::npos) << error.what();
  }
}

TEST(Terminal, TheOnlyEscapesAreItsOwnColours) {
  const std::string plain = render_sample(the_sample("hostile"), "terminal");
  EXPECT_EQ(plain.find('\x1B'), std::string::npos);
  std::string coloured = render_sample(the_sample("hostile"), "terminal", true);
  EXPECT_NE(coloured, plain);
  for (std::size_t at = 0; (at = coloured.find("\x1B[", at)) != std::string::npos;) {
    const std::size_t end = coloured.find_first_not_of("0123456789;", at + 2);
    ASSERT_EQ(coloured[end], 'm');
    coloured.erase(at, end + 1 - at);
  }
  EXPECT_EQ(coloured, plain);
}

TEST(Terminal, NoLineIsWiderThanTheTerminal) {
  for (const samples::Sample& sample : samples::all) {
    const model::Record record = sample.record();
    for (const int width : {60, 80, 120}) {
      std::istringstream lines(find_format("terminal").render({record, scoring::score(record), Audience::student, false, width}));
      for (std::string line; std::getline(lines, line);) {
        if (line.find("see it again") != std::string::npos) continue;  // a command is copied, so it is not broken
        EXPECT_LE(columns(line), width) << sample.name << ": " << line;
      }
    }
  }
}

TEST(Junit, IsWellFormedAndCountsWhatItHolds) {
  for (const samples::Sample& sample : samples::all) {
    const std::string text = render_sample(sample, "junit");
    pugi::xml_document document;
    ASSERT_TRUE(document.load_buffer(text.data(), text.size())) << sample.name;
    const pugi::xml_node suite = document.child("testsuites").child("testsuite");
    const auto count = [&](const char* child) {
      int sum = 0;
      for (const pugi::xml_node testcase : suite.children("testcase")) sum += testcase.child(child) ? 1 : 0;
      return sum;
    };
    EXPECT_EQ(suite.attribute("failures").as_int(), count("failure")) << sample.name;
    EXPECT_EQ(suite.attribute("errors").as_int(), count("error")) << sample.name;
    EXPECT_EQ(suite.attribute("skipped").as_int(), count("skipped")) << sample.name;
    EXPECT_EQ(suite.attribute("tests").as_uint(), sample.record().checks.size()) << sample.name;
  }
}

TEST(Junit, HoldsNoCharacterThatXmlForbids) {
  const std::string text = render_sample(the_sample("hostile"), "junit");
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = next_code_point(text, at);
    EXPECT_TRUE(code == '\n' || code == '\t' || code >= 0x20) << static_cast<unsigned>(code);
    EXPECT_TRUE(code != 0xFFFE && code != 0xFFFF);
  }
  for (std::size_t at = 0; (at = text.find("&#", at)) != std::string::npos; ++at)
    EXPECT_TRUE(text.substr(at).starts_with("&#10;") || text.substr(at).starts_with("&#9;")) << text.substr(at, 8);
}

TEST(Github, EveryLineIsOneOfOurCommands) {
  model::Record record = samples::hostile();
  while (record.checks.size() < 20) record.checks.push_back(record.checks[2]);
  for (std::size_t i = 0; i < record.checks.size(); ++i) record.checks[i].findings.resize(1, {std::to_string(i), "", {}, "", ""});
  for (std::size_t i = 4; i < record.checks.size(); ++i) record.checks[i].findings[0].what = std::to_string(i);
  std::istringstream lines(render_github({record, scoring::score(record), Audience::student, false, 80}));
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    EXPECT_TRUE(line.starts_with("::notice title=") || line.starts_with("::error file=")) << line;
    const std::string properties = line.substr(2, line.find("::", 2) - 2);
    EXPECT_EQ(properties.find("::"), std::string::npos);
    EXPECT_EQ(properties.find("forged,"), std::string::npos) << properties;
  }
  EXPECT_EQ(count, annotations_at_most);
}

TEST(Github, AnnotatesTheStudentsOwnLine) {
  EXPECT_NE(render_sample(the_sample("race"), "github").find("::error file=02_threads/lock/bank.cpp,line=12,title=no_data_race%3A data race::"), std::string::npos);
}

TEST(Markdown, LeavesOutFindingsThatDoNotFit) {
  model::Record record = samples::race();
  record.checks[2].findings[0].output.clear();
  for (int i = 0; i < 40; ++i) record.checks[2].findings[0].output += std::string(200, 'x') + "\n";
  const model::CheckResult one = record.checks[2];
  for (int i = 0; i < 100; ++i) {
    record.checks.push_back(one);
    record.checks.back().findings[0].what = "race " + std::to_string(i);
  }
  const std::string text = render_markdown({record, scoring::score(record), Audience::student, false, 80});
  EXPECT_LE(text.size(), summary_bytes_at_most);
  EXPECT_NE(text.find("more checks are explained in the full report"), std::string::npos);
  EXPECT_NE(text.find("race 0"), std::string::npos);
}

TEST(Html, NothingIsFetchedAndNothingRuns) {
  for (const samples::Sample& sample : samples::all) {
    const std::string page = render_sample(sample, "html");
    for (const char* forbidden : {"<script", "<img", "<link", "<iframe", "<object", "javascript:", "@import", "url(", " src=", " onerror=\"", " srcset="}) {
      const std::size_t at = page.find(forbidden);
      const bool escaped_text = std::string_view(forbidden) == " src=" && sample.name == std::string_view("hostile");  // "&lt;img src=x"
      EXPECT_TRUE(at == std::string::npos || escaped_text) << sample.name << ": " << forbidden;
    }
    EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  }
}

TEST(Html, AHiddenCheckHasNoPicture) {
  const model::Record record = samples::schedule();
  const auto pictures = [](const model::Record& shown, Audience audience) {
    const std::string page = find_format("html").render({shown, scoring::score(shown), audience, false, 80});
    std::size_t count = 0;
    for (std::size_t at = 0; (at = page.find("<svg role=\"img\"", at)) != std::string::npos; ++at) ++count;
    return count;
  };
  EXPECT_EQ(pictures(record, Audience::instructor), 3U);
  EXPECT_EQ(pictures(scoring::redact(record), Audience::student), 2U);
}

TEST(Html, AHiddenCheckTellsAStudentNothingOfItsTest) {
  const std::string page = render_sample(the_sample("leak"), "html");
  EXPECT_NE(page.find("After a hidden test something of your code was left behind."), std::string::npos);
  EXPECT_EQ(page.find("Bank.LeavesNothing"), std::string::npos);
  EXPECT_EQ(page.find("withdrawing"), std::string::npos);
}

}  // namespace
}  // namespace lockstep::report
