#include "grader/scoring/redact.hpp"

#include <gtest/gtest.h>

namespace lockstep::scoring {
namespace {

using model::Engine;
using model::Verdict;

// Each text of a hidden test holds this word, so that any leak is found by looking for it.
const std::string secret = "SeCrEt";

model::Finding telling_finding() {
  model::Finding finding;
  finding.what = "expected " + secret;
  finding.why = "because " + secret;
  finding.test = secret + ".Test";
  finding.output = secret;
  finding.traces = {{"thread 1 writes 8 bytes",
                     {{"void pdc::Pool::submit<" + secret + ">(" + secret + ")", "pool.cpp", 12, true, false},
                      {secret + "_Test::TestBody()", "tests/" + secret + ".cpp", 3, false, false}}},
                    {"thread T2 (created at " + secret + ".cpp:4)", {{"pdc::Pool::run()", "pool.cpp", 30, true, false}}},
                    {"rank 2", {{"f", "solutions/" + secret + ".cpp", 1, true, false}}}};
  return finding;
}

model::Record telling_record(Verdict verdict) {
  model::Record record;
  record.exercise = "05_asynchronous/thread_pool";
  record.files = {{"pool.cpp", "ab", "int x;"}};
  model::CheckResult open{"open", "says open", Engine::asan, 40, false, Verdict::wrong_answer, "", {{"what", "why", {}, "Public.Test", "out"}}};
  model::CheckResult hidden{"hidden", "says hidden", Engine::native, 60, true, verdict, "", {telling_finding(), telling_finding()}};
  record.checks = {open, hidden};
  model::TestRun hidden_run, open_run;
  hidden_run.program = secret + ".cpp";
  hidden_run.test = secret + ".Test";
  hidden_run.engine = Engine::native;
  open_run.program = "behaviour.cpp";
  open_run.test = "Public.Test";
  open_run.engine = Engine::asan;
  record.runs = {hidden_run, open_run};
  record.notes = {"a fact", "in " + secret + ".cpp nothing ran", "see solutions/x/tests"};
  record.stages = {{"compile native", 3}, {"run native " + secret + ".cpp", 5}};
  return record;
}

std::string everything_in(const model::Record& record) {
  std::string text;
  for (const model::CheckResult& check : record.checks)
    for (const model::Finding& finding : check.findings) {
      text += finding.what + finding.why + finding.test + finding.output;
      for (const model::Trace& trace : finding.traces) {
        text += trace.title;
        for (const model::Frame& frame : trace.frames) text += frame.function + frame.file;
      }
    }
  for (const model::TestRun& run : record.runs) text += run.program + run.test;
  for (const std::string& note : record.notes) text += note;
  for (const model::Stage& stage : record.stages) text += stage.name;
  return text;
}

TEST(Redact, NothingOfAHiddenTestIsLeftUnderAnyVerdict) {
  for (const model::VerdictRow& row : model::verdict_table) {
    const model::Record seen = redact(telling_record(row.verdict));
    EXPECT_EQ(everything_in(seen).find(secret), std::string::npos) << row.word << ": " << everything_in(seen);
    EXPECT_EQ(everything_in(seen).find("solutions/"), std::string::npos) << row.word;
  }
}

TEST(Redact, AHiddenCheckKeepsItsSentencePointsAndVerdict) {
  const model::Record seen = redact(telling_record(Verdict::wrong_answer));
  const model::CheckResult& hidden = seen.checks.at(1);
  EXPECT_EQ(hidden.id, "hidden");
  EXPECT_EQ(hidden.says, "says hidden");
  EXPECT_EQ(hidden.points, 60);
  EXPECT_EQ(hidden.verdict, Verdict::wrong_answer);
  ASSERT_EQ(hidden.findings.size(), 1U);
  EXPECT_FALSE(hidden.findings[0].what.empty());
  EXPECT_TRUE(hidden.findings[0].traces.empty());
}

TEST(Redact, PlacesInTheStudentsOwnFilesStayWhereTheyTeach) {
  for (const Verdict verdict : {Verdict::data_race, Verdict::crash, Verdict::deadlock}) {
    const model::Finding finding = redact(telling_record(verdict)).checks.at(1).findings.at(0);
    ASSERT_EQ(finding.traces.size(), 2U);
    EXPECT_EQ(finding.traces[0].title, "thread 1 writes 8 bytes");
    ASSERT_EQ(finding.traces[0].frames.size(), 1U);
    EXPECT_EQ(finding.traces[0].frames[0].function, "pdc::Pool::submit");
    EXPECT_EQ(finding.traces[0].frames[0].line, 12);
    EXPECT_EQ(finding.traces[1].title, "thread T2") << "where it was created is the test's business";
  }
}

TEST(Redact, PublicChecksNotesAndDurationsStay) {
  const model::Record seen = redact(telling_record(Verdict::data_race));
  EXPECT_EQ(seen.checks.at(0).findings.at(0).test, "Public.Test");
  ASSERT_EQ(seen.notes.size(), 1U);
  EXPECT_EQ(seen.notes[0], "a fact");
  ASSERT_EQ(seen.stages.size(), 2U);
  EXPECT_EQ(seen.stages[1].name, "run native");
  EXPECT_EQ(seen.stages[1].ms, 5);
}

TEST(Redact, WithoutHiddenChecksNothingIsLeftOut) {
  model::Record record = telling_record(Verdict::wrong_answer);
  record.checks[1].hidden = false;
  const model::Record seen = redact(record);
  EXPECT_EQ(seen.runs.size(), 2U);
  EXPECT_EQ(seen.notes.size(), 3U);
  EXPECT_EQ(seen.checks[1].findings.size(), 2U);
}

TEST(Redact, OfAFunctionOnlyThePlainNameStays) {
  EXPECT_EQ(plain_function_name("std::future<Secret> pdc::Pool<Secret>::submit<Secret>(Secret) const"), "pdc::Pool::submit");
  EXPECT_EQ(plain_function_name("pdc::Pool::~Pool()"), "pdc::Pool::~Pool");
  EXPECT_EQ(plain_function_name("pdc::Pool::Pool(unsigned long)::{lambda()#1}::operator()() const"), "pdc::Pool::Pool");
  EXPECT_EQ(plain_function_name("void f<&Secret::operator< >(int)"), "");
  EXPECT_EQ(plain_function_name("main"), "main");
  EXPECT_EQ(plain_function_name(""), "");
}

}  // namespace
}  // namespace lockstep::scoring
