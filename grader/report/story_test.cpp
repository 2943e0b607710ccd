#include "grader/report/story.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "grader/report/place_in_repository.hpp"
#include "grader/report/samples/sample_records.hpp"

namespace lockstep::report {
namespace {

Story told(const model::Record& record, Audience audience = Audience::student) {
  return tell({record, scoring::score(record), audience, false, 80});
}

TEST(Story, TheMostSevereCheckIsToldFirst) {
  model::Record record = samples::leak();  // a wrong answer, then a leak
  record.checks[2].verdict = model::Verdict::data_race;
  const Story story = told(record);
  ASSERT_EQ(story.telling, (std::vector<std::size_t>{2, 1, 3}));
  EXPECT_EQ(story.headline.back(), "Start with no_data_race: it explains most.");
}

TEST(Story, AFileThatDoesNotBuildIsExplainedOnce) {
  const Story story = told(samples::compile_error());
  ASSERT_EQ(story.telling.size(), 1U);
  EXPECT_EQ(story.checks[0].also, (std::vector<std::string>{"refuses_overdraft", "no_data_race", "no_deadlock"}));
}

TEST(Story, TasksAtTheSamePlaceAreToldTogether) {
  const Story story = told(samples::mpi_hang());
  ASSERT_EQ(story.checks[0].findings[0].traces.size(), 1U);
  EXPECT_EQ(story.checks[0].findings[0].traces[0].titles.size(), 4U);
}

TEST(Story, OnlyLinesOfTheSubmittedFilesAreOwn) {
  const Story story = told(samples::race());
  const std::vector<TraceStory>& traces = story.checks[2].findings[0].traces;
  EXPECT_TRUE(traces[1].places[0].own);
  EXPECT_FALSE(traces[1].places[1].own);  // tests/behaviour.cpp
  model::Record beyond = samples::race();
  beyond.checks[2].findings[0].traces[0].frames[0].line = 10000;
  EXPECT_FALSE(told(beyond).checks[2].findings[0].traces[0].places[0].own);
}

TEST(Story, AFunctionIsNamedWithoutItsParameters) {
  EXPECT_EQ(told(samples::race()).checks[2].findings[0].traces[0].places[0].function, "pdc::Bank::transfer()");
}

TEST(Story, TheCommandShowsItAgainWithTheSameSeed) {
  EXPECT_EQ(told(samples::race()).checks[2].again, "lockstep check 02_threads/lock --only no_data_race --seed 7");
  EXPECT_EQ(told(samples::leak()).checks[3].again, "") << "a student has no hidden tests to run";
  EXPECT_EQ(told(samples::leak(), Audience::instructor).checks[3].again,
            "lockstep grade 02_threads/lock --only no_deadlock --seed 7 --submission 02_threads/lock");
}

TEST(Story, TheCommandCanBeCopiedIntoAShell) {
  model::Record record = samples::race();
  RenderInput input{record, scoring::score(record)};
  input.audience = Audience::instructor;
  input.submission = "../class/it's mine";
  EXPECT_EQ(tell(input).checks[2].again, "lockstep grade 02_threads/lock --only no_data_race --seed 7 --submission '../class/it'\\''s mine'");
}

TEST(Story, WhatWasSaidAboveIsNotRepeated) {
  model::Record record = samples::race();
  record.checks[2].findings.push_back(record.checks[2].findings.front());
  const Story story = tell({record, scoring::score(record)});
  ASSERT_EQ(story.checks[2].findings.size(), 2U);
  EXPECT_FALSE(story.checks[2].findings[0].why.empty());
  EXPECT_TRUE(story.checks[2].findings[1].why.empty());
  EXPECT_TRUE(tell({record, scoring::score(record)}).checks[2].findings[1].output.empty());
}

TEST(Story, FunctionsAreKnownByTheirNames) {
  model::Record record = samples::race();
  record.checks[2].findings[0].traces[0].frames = {samples::own("pdc::(anonymous namespace)::read_item(int, std::vector<int>&)", "bank.cpp", 11),
                                                   samples::own("pdc::Pool::Pool(int)::{lambda()#1}::operator()() const", "bank.cpp", 12)};
  const std::vector<Place> places = tell({record, scoring::score(record)}).checks[2].findings[0].traces[0].places;
  EXPECT_EQ(places[0].function, "pdc::read_item()");
  EXPECT_EQ(places[1].function, "a lambda of pdc::Pool::Pool()");
}

TEST(Story, OurOwnFaultIsNeitherLostNorBlamed) {
  const Story story = told(samples::infra_error());
  EXPECT_EQ(story.checks[2].mark, Mark::ours);
  EXPECT_FALSE(story.checks[2].decided);
  EXPECT_TRUE(std::any_of(story.headline.begin(), story.headline.end(),
                          [](const std::string& s) { return s.find("provisional") != std::string::npos; }));
}

TEST(Story, ExcerptsStayInsideTheFileAndDropBlankEdges) {
  const FileStory file{"a.cpp", {"", "one", "two", "", "three"}, 0};
  const std::vector<ExcerptLine> lines = excerpt(file, 2, 2);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].number, 2);
  EXPECT_TRUE(lines[0].marked);
  EXPECT_EQ(lines[1].text, "two");
}

TEST(Story, LongFilesAreCutAndCounted) {
  model::Record record = samples::passed();
  record.files[0].text.assign(5000, '\n');
  const Story story = told(record);
  EXPECT_EQ(story.files[0].lines.size() + story.files[0].lines_left_out, 5000U);
  EXPECT_GT(story.files[0].lines_left_out, 0U);
}

TEST(PlaceInRepository, JoinsTheFolderOfTheSubmission) {
  Story story = told(samples::race());
  EXPECT_EQ(place_in_repository(story, story.checks[2])->path, "02_threads/lock/bank.cpp");
  EXPECT_EQ(place_in_repository(story, story.checks[2])->line, 12);
  story.repository_folder = ".";
  EXPECT_EQ(place_in_repository(story, story.checks[2])->path, "bank.cpp");
  story.repository_folder = "";
  EXPECT_FALSE(place_in_repository(story, story.checks[2]).has_value());
  EXPECT_FALSE(place_in_repository(story, story.checks[0]).has_value()) << "a check that passed";
}

}  // namespace
}  // namespace lockstep::report
