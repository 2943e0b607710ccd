// ThreadSanitizer as this project uses it: silent on every right program of harness/inside/corpus and loud on every racy one, also when four busy
// loops hold the processors. Real compilers, boxes and threads.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "harness/pipeline/pipeline.hpp"

namespace lockstep::pipeline {
namespace {

const std::filesystem::path root = LOCKSTEP_HARNESS_ROOT;
const std::filesystem::path corpus = root / "harness/inside/corpus";

void add_cases(model::Exercise& exercise, const std::string& suite, const std::string& list) {
  std::ifstream in(corpus / list);
  for (std::string line; std::getline(in, line);) {
    const std::string name = line.substr(5, line.size() - 6);  // CASE(name)
    model::Check check;
    check.id = suite + "." + name;
    check.engine = model::Engine::tsan;
    check.program = "corpus.cpp";
    check.tests = {check.id};
    exercise.checks.push_back(check);
  }
}

class Corpus : public testing::TestWithParam<std::string> {
 protected:
  Corpus() {
    std::string pattern = (std::filesystem::temp_directory_path() / "lockstep-corpus-XXXXXX").string();
    work_ = mkdtemp(pattern.data());
    std::filesystem::permissions(work_, std::filesystem::perms(0755));
    exercise_.id = exercise_.name = "corpus";
    exercise_.edit = {"right_locks.cpp", "right_others.cpp", "racy.cpp"};
    exercise_.folder = corpus;
    add_cases(exercise_, "Right", "right_cases.hpp");
    add_cases(exercise_, "Racy", "racy_cases.hpp");
  }
  ~Corpus() override { std::filesystem::remove_all(work_); }

  std::filesystem::path work_;
  model::Exercise exercise_;
};

void expect_right_silent_and_racy_caught(const model::Record& record) {
  int right = 0, racy = 0;
  for (const model::CheckResult& check : record.checks) {
    const bool is_right = check.id.starts_with("Right.");
    (is_right ? right : racy) += 1;
    EXPECT_EQ(word_of(check.verdict), is_right ? "passed" : "data_race")
        << check.id << ": " << (check.findings.empty() ? "no race was seen" : check.findings.front().what + "\n" + check.findings.front().output);
  }
  EXPECT_GE(right, 60);
  EXPECT_GE(racy, 40);
}

TEST_P(Corpus, RightProgramsAreSilentAndRacyOnesCaughtAlsoUnderLoad) {
  run::RunnerOptions options;
  options.box_init = LOCKSTEP_BOX_INIT;
  const auto runner = run::make_process_runner(options);
  SlottedRunner slots(*runner, 2);
  const auto builder = build::make_builder(build::probe_toolchain(GetParam(), slots), {root / "exercises", root}, work_ / "cache", slots);
  Prepared prepared({&exercise_, corpus, 1, {}, {}}, {slots, *builder, work_, {}});
  expect_right_silent_and_racy_caught(prepared.grade(1));

  std::vector<std::jthread> load;
  for (int i = 0; i < 4; ++i)
    load.emplace_back([](const std::stop_token& stop) {
      volatile unsigned long spins = 0;
      while (!stop.stop_requested()) spins = spins + 1;
    });
  expect_right_silent_and_racy_caught(prepared.grade(2));
}

INSTANTIATE_TEST_SUITE_P(Compilers, Corpus, testing::Values("gcc"));

}  // namespace
}  // namespace lockstep::pipeline
