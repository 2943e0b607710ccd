#include <fmt/format.h>

#include <fstream>
#include <memory>
#include <sstream>

#include "grader/cli/command.hpp"
#include "grader/cli/interrupt.hpp"
#include "grader/cli/machine.hpp"
#include "grader/cli/manual.hpp"
#include "grader/cli/progress_line.hpp"
#include "grader/cli/rendering.hpp"
#include "grader/cli/selection.hpp"
#include "grader/cli/student_progress.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::cli {
namespace {

std::string hash_of(const model::Exercise& exercise, const std::filesystem::path& scratch) {
  const std::string sha256 = catalog::make_overlay(exercise, exercise.folder, scratch).sha256;
  std::error_code ignored;
  std::filesystem::remove_all(scratch, ignored);
  return sha256;
}

// An exercise that was never checked counts as begun once one of its files has no unwritten function left.
bool looks_begun(const model::Exercise& exercise) {
  for (const std::string& name : exercise.edit) {
    std::ifstream in(exercise.folder / name);
    std::ostringstream text;
    text << in.rdbuf();
    if (in && text.str().find("PDC_TODO") == std::string::npos) return true;
  }
  return false;
}

// In a student's own tree the files to grade are the exercise's own, and what is hidden stays with the instructor.
model::Exercise as_student_sees(const model::Exercise& exercise) {
  model::Exercise seen = exercise;
  seen.solution.reset();
  return seen;
}

}  // namespace

std::function<int()> add_check(CLI::App& app, const GlobalOptions& global) {
  CLI::App* command = app.add_subcommand("check", "Your own files against the public checks");
  set_manual(*command, {"Compiles and tests the files that you edit, where they lie: in exercises/ of your tree. Hidden checks are shown with\n"
                        "their sentence and points; your instructor grades them. Without a name, everything that has changed since its last\n"
                        "check is checked.",
                        "0    every check that can be decided here passes\n"
                        "1    a check does not pass; the report says why",
                        ".lockstep/progress.json of the course: what you have checked, and what it earned", environment_of_runs,
                        "lockstep check\n"
                        "lockstep check 02_threads/barrier\n"
                        "lockstep check barrier --only no_data_race --seed 7"});
  auto names = std::make_shared<std::vector<std::string>>();
  auto seed = std::make_shared<std::uint64_t>(1);
  auto only = std::make_shared<std::vector<std::string>>();
  command->add_option("exercise", *names, "Which exercises: 02_threads/barrier, or just barrier")->type_name("EXERCISE");
  command->add_option("--only", *only, "Only this check; may be given several times")->type_name("CHECK")->allow_extra_args(false);
  command->add_option("--seed", *seed, "Seed of all that is random, as a report names it")->type_name("N")->capture_default_str();
  return [&global, names, seed, only] {
    if (!only->empty() && names->size() != 1) throw model::UsageError("--only names checks of one exercise: name that exercise too");
    const catalog::Course course = names->empty() ? open_whole_course(global) : open_course(global);
    StudentProgress progress(course.root);
    Machine machine(global, course);
    std::vector<const model::Exercise*> chosen;
    if (!names->empty()) {
      for (const std::string& name : *names) chosen.push_back(&catalog::find_exercise(course, name));
    } else {
      for (const model::Exercise& exercise : course.exercises) {
        const auto attempt = progress.of(exercise.id);
        const bool known = attempt && !attempt->sha256.empty();
        if (known ? attempt->sha256 != hash_of(exercise, machine.services().work / "compare") || attempt->version != exercise.version
                  : looks_begun(exercise))
          chosen.push_back(&exercise);
      }
      if (chosen.empty()) {
        fmt::print(
            "Nothing to check: every file is still a stub, or has not changed since its last check. Name an exercise to check it all the same; "
            "`lockstep list` shows them.\n");
        return all_passed;
      }
    }
    if (!only->empty()) require_checks(*chosen.front(), *only);
    for (const model::Exercise* exercise : chosen) machine.require_tools(*exercise);
    int code = all_passed;
    for (const model::Exercise* exercise : chosen) {
      const model::Exercise seen = as_student_sees(*exercise);
      model::Record record;
      {
        ProgressLine line("checking " + exercise->id);
        record = pipeline::grade({&seen, exercise->folder, *seed, *only, std::filesystem::relative(exercise->folder).string()},
                                 machine.services(line.progress()));
      }
      if (was_interrupted()) return interrupted;
      record.submitter.clear();  // they know whose it is
      deliver(record, {}, "", false);
      if (only->empty()) {
        const scoring::Grade grade = scoring::score(record);
        Attempt attempt = progress.of(exercise->id).value_or(Attempt{});
        attempt.sha256 = record.submission_sha256;
        attempt.version = exercise->version;
        attempt.earned = grade.earned;
        attempt.graded = grade.graded_points;
        progress.set(exercise->id, attempt);
      }
      const int one = exit_code_of(record);
      if (one != all_passed && code != something_failed) code = one;
    }
    return code;
  };
}

}  // namespace lockstep::cli
