// The verdict table: the only place that knows each verdict's word, who is to blame, how severe it is and what it means.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace lockstep::model {

enum class Verdict {
  passed,
  wrong_answer,
  data_race,
  deadlock,
  livelock,
  not_concurrent,
  too_slow,
  leak,
  mpi_misuse,
  crash,
  unfinished,
  does_not_build,
  forbidden,
  blocked,
  unavailable,
  infra_error,
};

enum class Blame { nobody, student, us };

struct VerdictRow {
  Verdict verdict;
  std::string_view word;  // in records, folder names and reports
  Blame blame;
  int severity;  // of two findings about one check, the more severe one is the verdict
  std::string_view title;    // for a person
  std::string_view meaning;  // one sentence for a second-year student
};

// Order of severity: what explains most comes first. A race or a deadlock usually causes the wrong answer that is seen with it, so it
// outranks it; what stops everything (a build that fails) outranks all; what is nobody's fault is below every fault.
inline constexpr std::array<VerdictRow, 16> verdict_table{{
    {Verdict::passed, "passed", Blame::nobody, 0, "passed", "every expected test ran, reported and was sealed"},
    {Verdict::wrong_answer, "wrong_answer", Blame::student, 50, "wrong answer", "an expectation of the task was not met"},
    {Verdict::data_race, "data_race", Blame::student, 85, "data race",
     "two threads use the same memory, at least one writes, and nothing orders the two"},
    {Verdict::deadlock, "deadlock", Blame::student, 80, "deadlock",
     "every thread waits for something that no thread can do any more"},
    {Verdict::livelock, "livelock", Blame::student, 75, "livelock", "steps are taken but nothing gets further"},
    {Verdict::not_concurrent, "not_concurrent", Blame::student, 40, "not concurrent",
     "the answers are right, but work that must be able to overlap cannot"},
    {Verdict::too_slow, "too_slow", Blame::student, 30, "too slow", "more work is done than the task allows"},
    {Verdict::leak, "leak", Blame::student, 45, "leak",
     "something was left behind: a process, a thread, a descriptor, memory, an MPI object"},
    {Verdict::mpi_misuse, "mpi_misuse", Blame::student, 70, "MPI misuse", "a call breaks a rule of the MPI standard"},
    {Verdict::crash, "crash", Blame::student, 90, "crash",
     "the program was ended by a signal, a sanitizer or an exception that nobody caught"},
    {Verdict::unfinished, "unfinished", Blame::student, 60, "unfinished",
     "the program ended before its tests had reported"},
    {Verdict::does_not_build, "does_not_build", Blame::student, 100, "does not build", "the compiler refuses the file"},
    {Verdict::forbidden, "forbidden", Blame::student, 99, "forbidden", "a facility is used that this exercise excludes"},
    {Verdict::blocked, "blocked", Blame::nobody, 2, "blocked", "a check that this one needs did not pass"},
    {Verdict::unavailable, "unavailable", Blame::nobody, 1, "graded by your instructor",
     "the hidden tests are not in this tree"},
    {Verdict::infra_error, "infra_error", Blame::us, 3, "fault of the grader",
     "the harness, the toolchain or the machine failed; it costs you nothing"},
}};

constexpr const VerdictRow& row_of(Verdict verdict) { return verdict_table[static_cast<std::size_t>(verdict)]; }
constexpr std::string_view word_of(Verdict verdict) { return row_of(verdict).word; }
constexpr Blame blame_of(Verdict verdict) { return row_of(verdict).blame; }

// The verdict of two findings about the same check.
constexpr Verdict more_severe(Verdict a, Verdict b) { return row_of(a).severity >= row_of(b).severity ? a : b; }

constexpr std::optional<Verdict> verdict_from(std::string_view word) {
  for (const VerdictRow& row : verdict_table)
    if (row.word == word) return row.verdict;
  return std::nullopt;
}

}  // namespace lockstep::model
