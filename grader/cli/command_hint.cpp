#include <fmt/format.h>

#include <memory>

#include "grader/cli/command.hpp"
#include "grader/cli/machine.hpp"
#include "grader/cli/student_progress.hpp"

namespace lockstep::cli {

std::function<int()> add_hint(CLI::App& app, const GlobalOptions& global) {
  CLI::App* command = app.add_subcommand("hint", "The next hint of an exercise; hints begin weak");
  auto name = std::make_shared<std::string>();
  auto again = std::make_shared<bool>(false);
  command->add_option("exercise", *name, "Which exercise")->required();
  command->add_flag("--again", *again, "All hints that were shown so far, and no new one");
  return [&global, name, again] {
    const catalog::Course course = open_course(global);
    const model::Exercise& exercise = catalog::find_exercise(course, *name);
    StudentProgress progress(course.root);
    Attempt attempt = progress.of(exercise.id).value_or(Attempt{});
    const int count = static_cast<int>(exercise.hints.size());
    if (!*again && attempt.hints >= count) {
      fmt::print("All {} hints of {} have been shown; `lockstep hint --again {}` shows them again.\n", count, exercise.id, exercise.name);
      return all_passed;
    }
    const int first = *again ? 0 : attempt.hints;
    const int last = *again ? attempt.hints : attempt.hints + 1;
    for (int i = first; i < last; ++i) fmt::print("Hint {} of {}: {}\n", i + 1, count, exercise.hints[static_cast<std::size_t>(i)]);
    if (*again && last == 0) fmt::print("No hint of {} has been shown yet.\n", exercise.id);
    if (!*again) {
      ++attempt.hints;
      progress.set(exercise.id, attempt);
    }
    return all_passed;
  };
}

}  // namespace lockstep::cli
