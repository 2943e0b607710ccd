#include <fmt/format.h>

#include <memory>

#include "grader/cli/command.hpp"
#include "grader/cli/machine.hpp"
#include "grader/cli/student_progress.hpp"

namespace lockstep::cli {

std::function<int()> add_list(CLI::App& app, const GlobalOptions& global) {
  CLI::App* command = app.add_subcommand("list", "Exercises by chapter, with difficulty, points and your progress");
  auto names_only = std::make_shared<bool>(false);
  command->add_flag("--names", *names_only, "Only the names, one per line (for scripts and completion)");
  return [&global, names_only] {
    const catalog::Course course = open_whole_course(global);
    const StudentProgress progress(course.root);
    std::string chapter;
    for (const model::Exercise& exercise : course.exercises) {
      if (*names_only) {
        fmt::print("{}\n", exercise.id);
        continue;
      }
      if (exercise.chapter != chapter) {
        fmt::print("{}{}\n", chapter.empty() ? "" : "\n", exercise.chapter);
        chapter = exercise.chapter;
      }
      std::string state;
      if (const auto attempt = progress.of(exercise.id))
        state = attempt->earned == attempt->graded && attempt->graded > 0 ? fmt::format("done: {} of {}", attempt->earned, attempt->graded)
                                                                         : fmt::format("begun: {} of {}", attempt->earned, attempt->graded);
      else if (progress.any())
        state = "not begun";
      int points = 0, later = 0;
      for (const model::Check& check : exercise.checks) {
        points += check.points;
        if (check.hidden) later += check.points;
      }
      fmt::print("  {:<22} {:<44} {:<5}  {:>3} points{}  {}\n", exercise.name, exercise.title, std::string(static_cast<std::size_t>(exercise.difficulty), '*'), points,
                 later > 0 ? fmt::format(" ({} by hidden checks)", later) : "", state);
    }
    return all_passed;
  };
}

}  // namespace lockstep::cli
