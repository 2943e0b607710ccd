#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "grader/cli/command.hpp"
#include "grader/cli/file_output.hpp"
#include "grader/cli/interrupt.hpp"
#include "grader/cli/machine.hpp"
#include "grader/cli/progress_line.hpp"
#include "grader/cli/rendering.hpp"
#include "grader/report/record_json.hpp"
#include "harness/model/fault.hpp"
#include "harness/pipeline/task_queue.hpp"

namespace lockstep::cli {
namespace {

struct GradeOptions {
  std::string exercise;
  bool all = false;
  std::vector<std::filesystem::path> submissions;
  std::uint64_t seed = 1;
  std::vector<std::string> only;
  std::string require;
  bool again = false;
  RenderOptions render;
};

struct Job {
  const model::Exercise* exercise;
  std::filesystem::path submission;
  std::filesystem::path folder;  // below --out
};

std::string name_of(const std::filesystem::path& folder) {
  const std::filesystem::path clean = std::filesystem::absolute(folder).lexically_normal();
  return clean.filename().empty() ? clean.parent_path().filename().string() : clean.filename().string();
}

// Where the edit files lie, seen from the folder the command was called in, which CI makes the repository's root.
std::string annotation_path(const std::filesystem::path& submission) {
  std::error_code error;
  const std::filesystem::path relative = std::filesystem::relative(submission, std::filesystem::current_path(), error);
  if (error || relative.empty() || relative.native().starts_with("..")) return {};
  const std::filesystem::path folder = std::filesystem::is_regular_file(submission, error) ? relative.parent_path() : relative;
  return folder == "." ? std::string{} : folder.string();
}

std::vector<Job> plan_jobs(const catalog::Course& course, const GradeOptions& options) {
  if (options.all && !options.exercise.empty()) throw model::UsageError("--all and the exercise " + options.exercise + " contradict: leave one out");
  if (!options.all && options.exercise.empty()) throw model::UsageError("name an exercise, or give --all; `lockstep list` shows them");
  if (options.all && !options.only.empty()) throw model::UsageError("--only names checks of one exercise and contradicts --all");
  for (const std::filesystem::path& submission : options.submissions) {
    std::error_code error;
    if (!std::filesystem::exists(submission, error))
      throw model::UsageError("no such submission folder: " + submission.string() + (error ? " (" + error.message() + ")" : ""));
  }
  const bool several = options.submissions.size() > 1;
  const auto folder_of = [&](const std::filesystem::path& submission) { return several ? std::filesystem::path(name_of(submission)) : std::filesystem::path(); };
  std::vector<Job> jobs;
  if (!options.all) {
    const model::Exercise& exercise = catalog::find_exercise(course, options.exercise);
    for (const std::string& id : options.only)
      if (std::none_of(exercise.checks.begin(), exercise.checks.end(), [&](const model::Check& check) { return check.id == id; })) {
        std::string known;
        for (const model::Check& check : exercise.checks) known += "\n  " + check.id;
        throw model::UsageError(exercise.id + " has no check \"" + id + "\"; it has" + known);
      }
    for (const std::filesystem::path& submission : options.submissions) jobs.push_back({&exercise, submission, folder_of(submission)});
    return jobs;
  }
  for (const std::filesystem::path& submission : options.submissions) {
    const std::size_t before = jobs.size();
    for (const model::Exercise& exercise : course.exercises)
      if (const auto found = catalog::find_submission(exercise, submission)) jobs.push_back({&exercise, *found, folder_of(submission) / exercise.id});
    if (jobs.size() == before)
      throw model::UsageError(submission.string() + " holds no folder of any exercise; lay it out like exercises/ (02_threads/barrier) or with one folder per exercise name (barrier)");
  }
  return jobs;
}

// A record that an earlier, perhaps interrupted, call has left for exactly this work.
std::optional<model::Record> finished_before(const Job& job, const GradeOptions& options, const std::filesystem::path& file, Machine& machine, const std::filesystem::path& scratch) {
  std::error_code error;
  if (options.again || options.render.out.empty() || !std::filesystem::exists(file, error)) return std::nullopt;
  try {
    model::Record record = report::parse_record(read_whole(file), file.string());
    const std::string sha256 = catalog::make_overlay(*job.exercise, job.submission, scratch).sha256;
    std::filesystem::remove_all(scratch, error);
    const bool undecided = std::any_of(record.checks.begin(), record.checks.end(), [](const model::CheckResult& check) { return check.verdict == model::Verdict::infra_error; });
    if (!undecided && record.exercise == job.exercise->id && record.exercise_version == job.exercise->version && record.submission_sha256 == sha256 &&
        record.seed == options.seed && record.toolchain == machine.builder().toolchain().describe() && record.checks.size() == job.exercise->checks.size())
      return record;
  } catch (const model::UsageError&) {
    // A damaged record is graded again and replaced.
  }
  return std::nullopt;
}

int grade_jobs(const std::vector<Job>& jobs, const GradeOptions& options, Machine& machine) {
  std::vector<std::optional<model::Record>> records(jobs.size());
  {
    ProgressLine line(jobs.size() == 1 ? "grading " + jobs.front().exercise->id : fmt::format("grading {} submissions", jobs.size()));
    pipeline::TaskQueue queue;
    for (std::size_t i = 0; i < jobs.size(); ++i)
      queue.add([&, i] {
        if (was_interrupted()) return;
        const Job& job = jobs[i];
        const pipeline::Services services = machine.services(line.progress());
        std::optional<model::Record> record =
            finished_before(job, options, options.render.out / job.folder / "record.json", machine, services.work / fmt::format("compare-{}", i));
        if (!record) record = pipeline::grade({job.exercise, job.submission, options.seed, options.only, annotation_path(job.submission)}, services);
        if (was_interrupted()) return;
        if (!options.render.out.empty()) deliver(*record, options.render, job.folder.string(), true);
        records[i] = std::move(record);
      });
    queue.work(machine.runner().slots());
  }
  if (was_interrupted()) return interrupted;

  int code = all_passed;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const model::Record& record = *records[i];
    if (options.render.out.empty()) deliver(record, options.render, "", false);
    else fmt::print("{:<50} {}\n", jobs[i].folder.empty() ? record.exercise : jobs[i].folder.string(), summary_of(record));
    const int one = exit_code_of(record);
    if (one != all_passed && code != something_failed) code = one;  // a failed check outranks a fault of ours
  }
  if (!options.render.out.empty()) fmt::print("reports: {}\n", options.render.out.string());
  return code;
}

}  // namespace

std::function<int()> add_grade(CLI::App& app, const GlobalOptions& global) {
  CLI::App* command = app.add_subcommand("grade", "Grades a submission: all checks, hidden ones too where the tree has them");
  auto options = std::make_shared<GradeOptions>();
  command->add_option("exercise", options->exercise, "Which exercise (02_threads/barrier, or just barrier)");
  command->add_flag("--all", options->all, "Every exercise that the submission folder holds");
  command->add_option("--submission", options->submissions, "The student's folder; for a class, several")->required()->type_name("DIR");
  command->add_option("--seed", options->seed, "Seed of all perturbation; the same seed gives the same verdicts")->capture_default_str();
  command->add_option("--only", options->only, "Only this check; several may be given")->type_name("CHECK");
  command->add_option("--require", options->require, "Refuse to grade below this protection level: none, limits, processes, namespaces or full")->type_name("LEVEL");
  command->add_flag("--again", options->again, "Grade also what --out already holds a record of");
  add_render_options(*command, options->render);
  return [&global, options] {
    const catalog::Course course = options->exercise.empty() ? open_whole_course(global) : open_course(global);
    const std::vector<Job> jobs = plan_jobs(course, *options);
    Machine machine(global, course, options->require);
    return grade_jobs(jobs, *options, machine);
  };
}

}  // namespace lockstep::cli
