#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>

#include "grader/cli/command.hpp"
#include "grader/cli/machine.hpp"
#include "grader/cli/manual.hpp"
#include "grader/cli/progress_line.hpp"
#include "grader/cli/student_progress.hpp"
#include "grader/report/visible_text.hpp"

namespace lockstep::cli {

namespace {

// A hint is prose of the author's own line breaks: its paragraphs are filled anew for this terminal, its code is left as it is.
void print_wrapped(const std::string& hint) {
  std::string paragraph;
  bool code = false;
  const auto flush = [&] {
    for (const std::string& line : report::wrap(paragraph, std::min(terminal_width(), 100) - 2)) fmt::print("  {}\n", line);
    paragraph.clear();
  };
  for (const std::string& line : report::visible_lines(hint)) {
    const bool fence = line.starts_with("```");
    if (fence) code = !code;
    const bool own_line = code || fence || line.empty() || line.starts_with("    ");
    if (own_line || line.starts_with("- ")) flush();
    if (own_line)
      fmt::print("{}{}\n", line.empty() ? "" : "  ", line);
    else
      paragraph += (paragraph.empty() ? "" : " ") + line;
  }
  flush();
}

}  // namespace

std::function<int()> add_hint(CLI::App& app, const GlobalOptions& global) {
  CLI::App* command = app.add_subcommand("hint", "The next hint of an exercise; hints begin weak");
  set_manual(*command, {"Each exercise has three hints, the weakest first. Every call shows the next one. Hints cost no points.",
                        "0    a hint was shown, or there is none left", ".lockstep/progress.json of the course: which hints you have seen", "",
                        "lockstep hint 02_threads/barrier\n"
                        "lockstep hint --again barrier"});
  auto name = std::make_shared<std::string>();
  auto again = std::make_shared<bool>(false);
  command->add_option("exercise", *name, "Which exercise: 02_threads/barrier, or just barrier")->required()->type_name("EXERCISE");
  command->add_flag("--again", *again, "The hints that were shown so far, and no new one");
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
    for (int i = first; i < last; ++i) {
      fmt::print("Hint {} of {}\n", i + 1, count);
      print_wrapped(exercise.hints[static_cast<std::size_t>(i)]);
    }
    if (*again && last == 0) fmt::print("No hint of {} has been shown yet.\n", exercise.id);
    if (!*again) {
      ++attempt.hints;
      progress.set(exercise.id, attempt);
    }
    return all_passed;
  };
}

}  // namespace lockstep::cli
