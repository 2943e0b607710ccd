// The MPI layer as `lockstep mpi` uses it: silent on every right program of harness/inside/mpiprogram/corpus, and right about the class and the line
// of every wrong one. Real compilers, boxes and ranks. The ordinary run takes a part; LOCKSTEP_WHOLE_CORPUS=1 (ci/mpi_corpus) takes all, on more
// numbers of ranks.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>

#include "harness/pipeline/mpi_program.hpp"

namespace lockstep::pipeline {
namespace {

const std::filesystem::path root = LOCKSTEP_HARNESS_ROOT;
const std::filesystem::path corpus = root / "harness/inside/mpiprogram/corpus";

bool whole() { return std::getenv("LOCKSTEP_WHOLE_CORPUS") != nullptr; }

struct Program {
  std::string kind, name;
  std::set<int> lines;  // that are marked; empty: the finding has no line
};

// WRONG(class, name) { ... up to the next one; marked lines end in "// here". Of RIGHT(name) there is no class.
std::vector<Program> read_programs(const std::filesystem::path& file) {
  std::vector<Program> all;
  std::ifstream in(file);
  int number = 1;
  for (std::string line; std::getline(in, line); ++number) {
    if (line.starts_with("RIGHT(")) all.push_back({"", line.substr(6, line.find(')') - 6), {}});
    if (line.starts_with("WRONG(")) {
      const std::size_t comma = line.find(", "), close = line.find(')', comma);
      all.push_back({line.substr(6, comma - 6), line.substr(comma + 2, close - comma - 2), {}});
    }
    if (!all.empty() && line.ends_with("// here")) {
      all.back().lines.insert(number);
    }
  }
  return all;
}

std::string words_of(const MpiOutcome& outcome) {
  std::string text = std::string(word_of(outcome.verdict)) + " " + outcome.fault;
  for (const MpiFinding& finding : outcome.findings)
    text += "\n  " + finding.kind + " " + finding.file + ":" + std::to_string(finding.line) + " " + finding.says;
  return text;
}

// Does it name the class and a marked line?
bool names(const MpiOutcome& outcome, const Program& wrong, const std::filesystem::path& file) {
  return std::any_of(outcome.findings.begin(), outcome.findings.end(), [&](const MpiFinding& finding) {
    return finding.kind == wrong.kind && (wrong.lines.empty() || (finding.file == file.filename() && wrong.lines.contains(finding.line)));
  });
}

class MpiCorpus : public testing::Test {
 protected:
  MpiCorpus() {
    std::string pattern = (std::filesystem::temp_directory_path() / "lockstep-corpus-XXXXXX").string();
    work_ = mkdtemp(pattern.data());
    std::filesystem::permissions(work_, std::filesystem::perms(0755));
    run::RunnerOptions options;
    options.box_init = LOCKSTEP_BOX_INIT;
    runner_ = run::make_process_runner(options);
    slots_ = std::make_unique<SlottedRunner>(*runner_, 2);
    const char* compiler = std::getenv("LOCKSTEP_CORPUS_COMPILER");
    const std::filesystem::path cache = std::getenv("LOCKSTEP_CACHE") != nullptr ? std::getenv("LOCKSTEP_CACHE") : (work_ / "cache").string();
    builder_ = build::make_builder(build::probe_toolchain(compiler != nullptr ? compiler : "auto", *slots_), {root / "exercises", root}, cache, *slots_);
  }
  ~MpiCorpus() override { std::filesystem::remove_all(work_); }

  Services services() { return {*slots_, *builder_, work_, {}}; }

  BuiltMpiProgram build(const std::filesystem::path& file) {
    std::filesystem::copy_file(corpus / "corpus.hpp", work_ / "corpus.hpp", std::filesystem::copy_options::overwrite_existing);
    std::filesystem::copy_file(file, work_ / file.filename(), std::filesystem::copy_options::overwrite_existing);
    return build_mpi_program({work_ / file.filename()}, services());
  }

  std::filesystem::path work_;
  std::unique_ptr<run::ProcessRunner> runner_;
  std::unique_ptr<SlottedRunner> slots_;
  std::unique_ptr<build::Builder> builder_;
};

std::vector<std::filesystem::path> files_in(const char* folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(corpus / folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

TEST_F(MpiCorpus, RightProgramsAreSilent) {
  for (const std::filesystem::path& file : files_in("right")) {
    const BuiltMpiProgram built = build(file);
    for (const int ranks : whole() ? std::vector{1, 2, 3, 4, 5} : std::vector{3}) {
      const MpiOutcome outcome = run_mpi_program(built, {.arguments = {"all"}, .ranks = ranks, .buffered = false, .time_limit = std::chrono::seconds(300)}, services());
      EXPECT_EQ(outcome.verdict, model::Verdict::passed) << file.filename() << " on " << ranks << ": " << words_of(outcome);
    }
  }
}

TEST_F(MpiCorpus, WrongProgramsAreCaughtWithClassAndLine) {
  int programs = 0, caught = 0;
  for (const std::filesystem::path& file : files_in("wrong")) {
    const std::vector<Program> all = read_programs(file);
    const BuiltMpiProgram built = build(file);
    for (std::size_t i = 0; i < all.size(); i += whole() ? 1 : 8) {
      const Program& wrong = all[i];
      const MpiOutcome outcome = run_mpi_program(built, {.arguments = {wrong.name}, .ranks = 3, .buffered = false, .time_limit = std::chrono::seconds(120)}, services());
      ++programs;
      const bool found = names(outcome, wrong, file);
      caught += found;
      EXPECT_TRUE(found) << file.filename() << ", " << wrong.name << " (" << wrong.kind << "): " << words_of(outcome);
    }
  }
  std::printf("%d of %d wrong programs were caught with class and line\n", caught, programs);
}

TEST_F(MpiCorpus, WhatDependsOnAnOrderIsFoundByExplorationAlone) {
  for (const std::filesystem::path& file : files_in("explored")) {
    const std::vector<Program> all = read_programs(file);
    const BuiltMpiProgram built = build(file);
    for (std::size_t i = 0; i < all.size(); i += whole() ? 1 : 4) {
      const Program& wrong = all[i];
      MpiProgram program{.arguments = {wrong.name}, .ranks = 3, .time_limit = std::chrono::seconds(120)};
      const MpiOutcome ordinary = run_mpi_program(built, program, services());
      EXPECT_EQ(ordinary.verdict, model::Verdict::passed) << wrong.name << ": " << words_of(ordinary);
      int explored = 0;
      const MpiOutcome outcome = explore_mpi_program(built, program, 20, services(), explored);
      EXPECT_TRUE(names(outcome, wrong, file)) << wrong.name << " (" << wrong.kind << "), " << explored << " runs: " << words_of(outcome);
      program.choices = outcome.choices;
      EXPECT_TRUE(names(run_mpi_program(built, program, services()), wrong, file)) << wrong.name << " is not seen again with " << outcome.choices;
    }
  }
}

TEST_F(MpiCorpus, RightProgramsAreSilentWhateverComesFirst) {
  const std::filesystem::path file = corpus / "right/orders.cpp";
  const BuiltMpiProgram built = build(file);
  const std::vector<Program> all = read_programs(file);
  int runs = 0;
  for (std::size_t i = 0; i < all.size(); i += whole() ? 1 : 4)
    for (const int ranks : whole() ? std::vector{2, 3, 4, 5} : std::vector{4}) {
      const MpiProgram program{.arguments = {all[i].name}, .ranks = ranks, .time_limit = std::chrono::seconds(120)};
      int explored = 0;
      const MpiOutcome outcome = explore_mpi_program(built, program, whole() ? 12 : 8, services(), explored);
      EXPECT_EQ(outcome.verdict, model::Verdict::passed) << all[i].name << " on " << ranks << ", after " << explored << " runs: " << words_of(outcome) << " " << outcome.choices;
      runs += explored;
    }
  std::printf("%d runs of right programs\n", runs);
}

}  // namespace
}  // namespace lockstep::pipeline
