#include "harness/pipeline/run_tests.hpp"

#include <gtest/gtest.h>

#include "harness/observe/sealed_bytes.hpp"
#include "harness/run/fake_process_runner.hpp"

namespace lockstep::pipeline {
namespace {

run::Ended one_test(channel::TestOutcome outcome) {
  observe::Writer writer;
  run::Ended ended = run::FakeProcessRunner::exited(0);
  ended.token = observe::test_token;
  ended.channel = writer.begin() + writer.test_begin("Idle.Sleeps") + writer.test_end("Idle.Sleeps", outcome) + writer.end({"Idle.Sleeps"});
  return ended;
}
const run::Ended passes = one_test(channel::TestOutcome::passed), fails = one_test(channel::TestOutcome::failed);

struct Seen {
  model::Outcome outcome;
  std::size_t processes;
};

Seen outcome_of(bool measures, const std::vector<run::Ended>& script) {
  run::FakeProcessRunner fake;
  for (const run::Ended& ended : script) fake.will_end(ended);
  SlottedRunner slotted(fake, 2);
  model::Exercise exercise;
  build::Built built;
  built.executables["idle.cpp"] = "/nowhere/idle";
  const build::Workspace workspace{"/nowhere", {}};
  const build::Toolchain toolchain;
  std::atomic<bool> out_of_patience = false;
  PlannedRun planned;
  planned.program = "idle.cpp";
  planned.tests = {"Idle.Sleeps"};
  planned.seeds = {1};
  planned.measures = measures;
  const std::vector<model::TestRun> runs = run_tests(planned, {exercise, built, workspace, slotted, toolchain, out_of_patience});
  return {runs.at(0).outcome, fake.commands().size()};
}

TEST(RunTests, AMeasurementThatPassesBesideOthersStands) {
  const Seen seen = outcome_of(true, {passes});
  EXPECT_EQ(seen.outcome, model::Outcome::passed);
  EXPECT_EQ(seen.processes, 1u);
}

TEST(RunTests, AMeasurementThatFailsIsMadeAgainAloneAndThatOneCounts) {
  const Seen disturbed = outcome_of(true, {fails, passes});
  EXPECT_EQ(disturbed.outcome, model::Outcome::passed);
  EXPECT_EQ(disturbed.processes, 2u);
  const Seen wrong = outcome_of(true, {fails, fails});
  EXPECT_EQ(wrong.outcome, model::Outcome::failed);
  EXPECT_EQ(wrong.processes, 2u);
}

TEST(RunTests, WhatMeasuresNothingFailsAtOnce) {
  const Seen seen = outcome_of(false, {fails, passes});
  EXPECT_EQ(seen.outcome, model::Outcome::failed);
  EXPECT_EQ(seen.processes, 1u);
}

TEST(RunTests, ARunOnAHostTooBusyToJudgeItIsRunAgain) {
  const Seen seen = outcome_of(false, {run::FakeProcessRunner::cut(model::Cut::starved), passes});
  EXPECT_EQ(seen.outcome, model::Outcome::passed);
  EXPECT_EQ(seen.processes, 2u);
}

}  // namespace
}  // namespace lockstep::pipeline
