#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>

#include "grader/cli/command.hpp"
#include "grader/cli/course_check.hpp"
#include "grader/cli/file_output.hpp"
#include "grader/cli/interrupt.hpp"
#include "grader/cli/machine.hpp"
#include "grader/cli/manual.hpp"
#include "grader/cli/progress_line.hpp"
#include "harness/model/fault.hpp"
#include "harness/pipeline/task_queue.hpp"

namespace lockstep::cli {
namespace {

struct Options {
  std::vector<std::string> names;
  int repeat = 1;
  int load = 0;
  int sample = 0;  // of the accepted submissions, and of the wrong ones of one verdict; 0: all
  std::string story;
  std::filesystem::path matrix;
};

// Busy loops that hold processors while the course is checked.
class Load {
 public:
  explicit Load(int loops) {
    for (int i = 0; i < loops; ++i)
      threads_.emplace_back([](const std::stop_token& stop) {
        volatile unsigned long spins = 0;
        while (!stop.stop_requested()) spins = spins + 1;
      });
  }

 private:
  std::vector<std::jthread> threads_;
};

// The checks that must be run to see whether those of `chosen` catch something: they and what they need.
std::vector<std::string> with_needs(const model::Exercise& exercise, std::vector<std::string> chosen) {
  for (std::size_t i = 0; i < chosen.size(); ++i)
    for (const model::Check& check : exercise.checks)
      if (check.id == chosen[i])
        for (const std::string& need : check.needs)
          if (std::find(chosen.begin(), chosen.end(), need) == chosen.end()) chosen.push_back(need);
  return chosen;
}

Tally try_variant(const Variant& variant, const Options& options, const pipeline::Services& services) {
  Tally tally{variant, 0, 0, {}};
  // Of a wrong submission only what must catch it is built and run.
  const bool all = variant.kind != VariantKind::rejected || variant.checks.empty();
  pipeline::Prepared prepared({variant.exercise, variant.folder, 1, all ? std::vector<std::string>{} : with_needs(*variant.exercise, variant.checks), {}}, services);
  std::set<std::string> surprises;
  for (int repetition = 0; repetition < options.repeat && !was_interrupted(); ++repetition) {
    const model::Record record = prepared.grade(static_cast<std::uint64_t>(repetition + 1));
    if (was_interrupted()) break;
    ++tally.runs;
    const std::string surprise = surprise_in(variant, record);
    if (surprise.empty())
      ++tally.as_promised;
    else
      surprises.insert(surprise);
  }
  tally.surprises.assign(surprises.begin(), surprises.end());
  return tally;
}

std::string line_of(const Tally& tally) {
  const bool kept = tally.as_promised == tally.runs;
  const std::string mark = kept ? "ok  " : "FAIL";
  std::string text = fmt::format("{} {:<36} {:<58} {}/{}", mark, tally.variant.exercise->id, tally.variant.story, tally.as_promised, tally.runs);
  if (!kept)
    for (const std::string& surprise : tally.surprises) text += "\n       " + surprise;
  return text;
}

// Of each exercise its stub, its reference, and the first `count` accepted submissions and wrong ones of each verdict.
void keep_sample(std::vector<Variant>& variants, int count) {
  std::map<std::tuple<std::string, VariantKind, model::Verdict>, int> kept;
  std::erase_if(variants, [&](const Variant& v) { return ++kept[{v.exercise->id, v.kind, v.verdict}] > count; });
}

int check_course(const catalog::Course& course, const Options& options, Machine& machine) {
  std::vector<Variant> variants;
  std::string problems;
  std::vector<const model::Exercise*> chosen;
  for (const std::string& name : options.names) chosen.push_back(&catalog::find_exercise(course, name));
  if (chosen.empty())
    for (const model::Exercise& exercise : course.exercises) chosen.push_back(&exercise);
  for (const model::Exercise* exercise : chosen) {
    machine.require_tools(*exercise);
    if (!exercise->solution) throw model::UsageError(exercise->id + " has no solutions here; check-course is the instructor's command");
    const catalog::Expectations expectations = catalog::read_expectations(*exercise);
    problems += catalog::render_problems(expectations.problems);
    for (Variant& variant : plan_variants(*exercise, expectations))
      if (options.story.empty() || variant.story.find(options.story) != std::string::npos) variants.push_back(std::move(variant));
  }
  if (!problems.empty()) throw model::UsageError(problems);

  if (!options.matrix.empty()) write_whole(options.matrix, render_matrix(variants));
  if (options.sample > 0) keep_sample(variants, options.sample);

  std::vector<Tally> tallies(variants.size());
  {
    ProgressLine line(fmt::format("checking the course: {} {}", variants.size(), variants.size() == 1 ? "submission" : "submissions"));
    const Load load(options.load);
    std::mutex printing;
    pipeline::TaskQueue queue;
    for (std::size_t i = 0; i < variants.size(); ++i)
      queue.add([&, i] {
        if (was_interrupted()) return;
        tallies[i] = try_variant(variants[i], options, machine.services(line.progress()));
        if (was_interrupted()) return;  // it was not run to its end: nothing is known of it
        const std::lock_guard lock(printing);
        fmt::print("{}\n", line_of(tallies[i]));
        std::fflush(stdout);
      });
    queue.work(machine.runner().slots());
  }
  if (was_interrupted()) return interrupted;

  const auto failed = std::count_if(tallies.begin(), tallies.end(), [](const Tally& tally) { return tally.as_promised != tally.runs; });
  fmt::print("{} submissions, {} times each: {} as promised, {} not\n", tallies.size(), options.repeat, static_cast<std::ptrdiff_t>(tallies.size()) - failed, failed);
  return failed == 0 ? all_passed : something_failed;
}

}  // namespace

std::function<int()> add_check_course(CLI::App& app, const GlobalOptions& global) {
  CLI::App* command = app.add_subcommand("check-course", "The course's own test: are its tests good?");
  set_manual(*command, {"Grades every sample submission of solutions/ and holds the verdict against what its folder promises: a stub earns no\n"
                        "full marks, reference/ and accepted/ earn 100, and each of rejected/VERDICT/ is caught with that verdict by the check\n"
                        "that its expect.json names.",
                        "0    everything is as promised\n"
                        "1    something is not",
                        "solutions/EXERCISE/{reference,accepted,rejected,tests}", environment_of_runs,
                        "lockstep check-course barrier\n"
                        "lockstep check-course barrier --story wakes_only_one --repeat 20 --load 4\n"
                        "lockstep check-course --matrix docs/course_matrix.md"});
  auto options = std::make_shared<Options>();
  command->add_option("exercise", options->names, "Which exercises (default: all)")->type_name("EXERCISE");
  command->add_option("--repeat", options->repeat, "Build once, run this often, with another seed each time")
      ->check(CLI::Range(1, 10000).description(""))
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--load", options->load, "Busy loops that hold the processors meanwhile")
      ->check(CLI::Range(0, 64).description(""))
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--sample", options->sample, "Of each exercise only so many accepted submissions, and wrong ones of each verdict (default: all)")
      ->check(CLI::Range(1, 1000).description(""))
      ->type_name("N");
  command->add_option("--story", options->story, "Only submissions whose folder name holds this text")->type_name("TEXT");
  command->add_option("--matrix", options->matrix, "Write which engine caught which mistake to this file (Markdown)")->type_name("FILE");
  return [&global, options] {
    const catalog::Course course = options->names.empty() ? open_whole_course(global) : open_course(global);
    Machine machine(global, course);
    return check_course(course, *options, machine);
  };
}

}  // namespace lockstep::cli
