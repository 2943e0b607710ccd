#include "harness/pipeline/canary.hpp"

namespace lockstep::pipeline {
namespace {

model::Exercise canary(const std::filesystem::path& harness_root) {
  model::Exercise exercise;
  exercise.id = exercise.name = "canary";
  exercise.edit = {"canary.cpp"};
  exercise.folder = harness_root / "harness/inside/canary";
  for (const char* test : {"Locked", "Unlocked"}) {
    model::Check check;
    check.id = test;
    check.engine = model::Engine::tsan;
    check.program = "canary.cpp";
    check.tests = {std::string("Canary.") + test};
    exercise.checks.push_back(check);
  }
  return exercise;
}

}  // namespace

SelfTest run_self_test(const Services& services, const std::filesystem::path& harness_root) {
  const model::Exercise exercise = canary(harness_root);
  Services quiet = services;
  quiet.progress = {};
  const model::Record record = grade({&exercise, exercise.folder, 1, {}, {}}, quiet);
  SelfTest result;
  result.silent_on_right = record.checks.at(0).verdict == model::Verdict::passed;
  result.finds_race = record.checks.at(1).verdict == model::Verdict::data_race;
  for (const model::CheckResult& check : record.checks)
    if (!check.findings.empty() && check.verdict != model::Verdict::data_race) result.reason = check.findings.front().what;
  if (result.reason.empty() && !result.passed())
    result.reason = "ThreadSanitizer ran and saw " + std::string(result.finds_race ? "a race where none is" : "no race where one is");
  return result;
}

}  // namespace lockstep::pipeline
