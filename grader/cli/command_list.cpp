#include <fmt/format.h>

#include <memory>

#include "grader/cli/command.hpp"
#include "grader/cli/machine.hpp"
#include "grader/cli/manual.hpp"
#include "grader/cli/student_progress.hpp"

namespace lockstep::cli {

std::function<int()> add_list(CLI::App& app, const GlobalOptions& global) {
  CLI::App* command = app.add_subcommand("list", "Exercises by chapter, with difficulty, points and your progress");
  set_manual(*command,
             {"One line per exercise: its name, what it is about, how hard it is (one to five stars), and its points. Where\n"
              "`lockstep check` was used before, also what you have earned so far.",
              "0    the list was printed", ".lockstep/progress.json of the course: what you have checked, and which hints you have seen", "",
              "lockstep list\n"
              "lockstep list --course ~/pdc\n"
              "lockstep list --names | grep threads"});
  auto names_only = std::make_shared<bool>(false);
  auto checks_of = std::make_shared<std::string>();
  command->add_option("--checks", *checks_of, "Only the checks of this exercise, one per line")->type_name("EXERCISE");
  command->add_flag("--names", *names_only, "Only the names, one per line: for scripts");
  return [&global, names_only, checks_of] {
    if (!checks_of->empty()) {
      const catalog::Course course = open_course(global);
      for (const model::Check& check : catalog::find_exercise(course, *checks_of).checks) fmt::print("{}\n", check.id);
      return all_passed;
    }
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
      fmt::print("  {:<22} {:<44} {:<5}  {:>3} points{}  {}\n", exercise.name, exercise.title,
                 std::string(static_cast<std::size_t>(exercise.difficulty), '*'), points,
                 later > 0 ? fmt::format(" ({} by hidden checks)", later) : "", state);
    }
    return all_passed;
  };
}

}  // namespace lockstep::cli
