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

struct Wrong {
  std::string kind, name;
  std::set<int> lines;  // that are marked; empty: the finding has no line
};

// WRONG(class, name) { ... up to the next one; marked lines end in "// here".
std::vector<Wrong> read_wrong(const std::filesystem::path& file) {
  std::vector<Wrong> all;
  std::ifstream in(file);
  int number = 1;
  for (std::string line; std::getline(in, line); ++number) {
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
    std::filesystem::copy_file(corpus / "corpus.hpp", work_ / "corpus.hpp", std::filesystem::copy_options::overwrite_existing);
    std::filesystem::copy_file(file, work_ / file.filename());
    const BuiltMpiProgram built = build_mpi_program({work_ / file.filename()}, services());
    for (const int ranks : whole() ? std::vector{1, 2, 3, 4, 5} : std::vector{3}) {
      const MpiOutcome outcome = run_mpi_program(built, {.arguments = {"all"}, .ranks = ranks, .buffered = false, .time_limit = std::chrono::seconds(300)}, services());
      EXPECT_EQ(outcome.verdict, model::Verdict::passed) << file.filename() << " on " << ranks << ": " << words_of(outcome);
    }
  }
}

TEST_F(MpiCorpus, WrongProgramsAreCaughtWithClassAndLine) {
  int programs = 0, caught = 0;
  for (const std::filesystem::path& file : files_in("wrong")) {
    std::filesystem::copy_file(corpus / "corpus.hpp", work_ / "corpus.hpp", std::filesystem::copy_options::overwrite_existing);
    std::filesystem::copy_file(file, work_ / file.filename());
    const std::vector<Wrong> all = read_wrong(file);
    const BuiltMpiProgram built = build_mpi_program({work_ / file.filename()}, services());
    for (std::size_t i = 0; i < all.size(); i += whole() ? 1 : 8) {
      const Wrong& wrong = all[i];
      const MpiOutcome outcome = run_mpi_program(built, {.arguments = {wrong.name}, .ranks = 3, .buffered = false, .time_limit = std::chrono::seconds(120)}, services());
      ++programs;
      const bool found = std::any_of(outcome.findings.begin(), outcome.findings.end(), [&](const MpiFinding& finding) {
        return finding.kind == wrong.kind && (wrong.lines.empty() || (finding.file == file.filename() && wrong.lines.contains(finding.line)));
      });
      caught += found;
      EXPECT_TRUE(found) << file.filename() << ", " << wrong.name << " (" << wrong.kind << "): " << words_of(outcome);
    }
  }
  std::printf("%d of %d wrong programs were caught with class and line\n", caught, programs);
}

}  // namespace
}  // namespace lockstep::pipeline
