// ThreadSanitizer as this project uses it: silent on every right program of harness/inside/corpus and loud on every racy one, also when four
// busy loops hold the processors. Real compilers, boxes and threads.
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

// Part of the corpus as an exercise: `edit` are its files, `program` calls them.
model::Exercise part_of_corpus(const std::vector<std::string>& edit, const std::string& program) {
  model::Exercise exercise;
  exercise.id = exercise.name = program;
  exercise.edit = edit;
  exercise.folder = corpus;
  return exercise;
}

void add_cases(model::Exercise& exercise, const std::string& program, const std::string& suite, const std::string& list) {
  std::ifstream in(corpus / list);
  for (std::string line; std::getline(in, line);) {
    const std::string name = line.substr(5, line.size() - 6);  // CASE(name)
    model::Check check;
    check.id = suite + "." + name;
    check.engine = model::Engine::tsan;
    check.program = program;
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
    add_cases(exercise_, "corpus.cpp", "Right", "right_cases.hpp");
    add_cases(exercise_, "corpus.cpp", "Racy", "racy_cases.hpp");
    add_cases(fences_, "fences.cpp", "Fences", "fence_cases.hpp");
  }
  ~Corpus() override { std::filesystem::remove_all(work_); }

  std::filesystem::path work_;
  model::Exercise exercise_ = part_of_corpus({"right_locks.cpp", "right_others.cpp", "racy.cpp"}, "corpus.cpp");
  model::Exercise fences_ = part_of_corpus({"fences.cpp"}, "fences.cpp");
};

struct Count {
  int right = 0, racy = 0;
};

Count expect_right_silent_and_racy_caught(const model::Record& record) {
  Count count;
  for (const model::CheckResult& check : record.checks) {
    const bool is_right = check.id.starts_with("Right.") || check.id.starts_with("Fences.right");
    (is_right ? count.right : count.racy) += 1;
    EXPECT_EQ(word_of(check.verdict), is_right ? "passed" : "data_race")
        << check.id << ": "
        << (check.findings.empty() ? "no race was seen" : check.findings.front().what + "\n" + check.findings.front().output);
  }
  return count;
}

TEST_P(Corpus, RightProgramsAreSilentAndRacyOnesCaughtAlsoUnderLoad) {
  run::RunnerOptions options;
  options.box_init = LOCKSTEP_BOX_INIT;
  const auto runner = run::make_process_runner(options);
  SlottedRunner slots(*runner, 2);
  const auto builder = build::make_builder(build::probe_toolchain(GetParam(), slots), {root / "exercises", root}, work_ / "cache", slots);
  const Services services{slots, *builder, work_, {}};
  Prepared prepared({&exercise_, corpus, 1, {}, {}}, services);
  Prepared fences({&fences_, corpus, 1, {}, {}}, services);
  const Count count = expect_right_silent_and_racy_caught(prepared.grade(1));
  EXPECT_GE(count.right, 60);
  EXPECT_GE(count.racy, 40);
  expect_right_silent_and_racy_caught(fences.grade(1));

  std::vector<std::jthread> load;
  for (int i = 0; i < 4; ++i)
    load.emplace_back([](const std::stop_token& stop) {
      volatile unsigned long spins = 0;
      while (!stop.stop_requested()) spins = spins + 1;
    });
  expect_right_silent_and_racy_caught(prepared.grade(2));
  expect_right_silent_and_racy_caught(fences.grade(2));
}

INSTANTIATE_TEST_SUITE_P(Compilers, Corpus, testing::Values("gcc"));

}  // namespace
}  // namespace lockstep::pipeline
