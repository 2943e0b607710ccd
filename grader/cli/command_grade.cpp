#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <map>
#include <memory>
#include <optional>

#include "grader/cli/command.hpp"
#include "grader/cli/file_output.hpp"
#include "grader/cli/interrupt.hpp"
#include "grader/cli/machine.hpp"
#include "grader/cli/manual.hpp"
#include "grader/cli/progress_line.hpp"
#include "grader/cli/rendering.hpp"
#include "grader/cli/selection.hpp"
#include "grader/report/record_json.hpp"
#include "grader/report/visible_text.hpp"
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
  std::string submitter;         // the folder that was handed in; with --all, not the exercise's folder in it
};

std::string name_of(const std::filesystem::path& folder) {
  const std::filesystem::path clean = std::filesystem::absolute(folder).lexically_normal();
  return clean.filename().empty() ? clean.parent_path().filename().string() : clean.filename().string();
}

std::string name_of_job(const Job& job) { return job.folder.empty() ? job.exercise->id : job.folder.string(); }

// Where the edit files lie, seen from the folder the command was called in, which CI makes the repository's root.
std::string annotation_path(const std::filesystem::path& submission) {
  std::error_code error;
  const std::filesystem::path relative = std::filesystem::relative(submission, std::filesystem::current_path(), error);
  if (error || relative.empty() || relative.native().starts_with("..")) return {};
  const std::filesystem::path folder = std::filesystem::is_regular_file(submission, error) ? relative.parent_path() : relative;
  return folder == "." ? std::string{} : folder.string();
}

// Reports of a class lie in a folder per submission, by its name.
void refuse_twins(const GradeOptions& options) {
  std::map<std::string, std::filesystem::path> seen;
  for (const std::filesystem::path& submission : options.submissions)
    if (const auto [twin, is_new] = seen.emplace(name_of(submission), submission); !is_new)
      throw model::UsageError(twin->second.string() + " and " + submission.string() +
                              " have the same name, so their reports would overwrite each other: grade them in two calls");
}

std::vector<Job> plan_jobs(const catalog::Course& course, const GradeOptions& options) {
  if (options.all && !options.exercise.empty())
    throw model::UsageError("--all and the exercise " + options.exercise + " contradict: leave one out");
  if (!options.all && options.exercise.empty()) throw model::UsageError("name an exercise, or give --all; `lockstep list` shows them");
  if (options.again && options.render.out.empty())
    throw model::UsageError("--again is about what --out DIR holds already: give --out, or leave --again out");
  if (options.all && !options.only.empty()) throw model::UsageError("--only names checks of one exercise and contradicts --all");
  for (const std::filesystem::path& submission : options.submissions) {
    std::error_code error;
    if (!std::filesystem::exists(submission, error))
      throw model::UsageError("no such submission folder: " + submission.string() + (error ? " (" + error.message() + ")" : ""));
    if (access(submission.c_str(), R_OK) != 0)
      throw model::UsageError("cannot read the submission " + submission.string() + ": " + std::strerror(errno));
  }
  const bool several = options.submissions.size() > 1;
  refuse_twins(options);
  const auto folder_of = [&](const std::filesystem::path& submission) {
    return several ? std::filesystem::path(name_of(submission)) : std::filesystem::path();
  };
  std::vector<Job> jobs;
  if (!options.all) {
    const model::Exercise& exercise = catalog::find_exercise(course, options.exercise);
    require_checks(exercise, options.only);
    for (const std::filesystem::path& submission : options.submissions)
      jobs.push_back({&exercise, submission, folder_of(submission), name_of(submission)});
    return jobs;
  }
  for (const std::filesystem::path& submission : options.submissions) {
    const std::size_t before = jobs.size();
    for (const model::Exercise& exercise : course.exercises)
      if (const auto found = catalog::find_submission(exercise, submission))
        jobs.push_back({&exercise, *found, folder_of(submission) / exercise.id, name_of(submission)});
    if (jobs.size() == before)
      throw model::UsageError(
          submission.string() +
          " holds no folder of any exercise; lay it out like exercises/ (02_threads/barrier) or with one folder per exercise name (barrier)");
  }
  return jobs;
}

// A record that an earlier, perhaps interrupted, call has left for exactly this work.
std::optional<model::Record> finished_before(const Job& job, const GradeOptions& options, const std::filesystem::path& file, Machine& machine,
                                             const std::filesystem::path& scratch) {
  std::error_code error;
  if (options.again || options.render.out.empty() || !std::filesystem::exists(file, error)) return std::nullopt;
  try {
    model::Record record = report::parse_record(read_whole(file), file.string());
    const std::string sha256 = catalog::make_overlay(*job.exercise, job.submission, scratch).sha256;
    std::filesystem::remove_all(scratch, error);
    const bool undecided = std::any_of(record.checks.begin(), record.checks.end(),
                                       [](const model::CheckResult& check) { return check.verdict == model::Verdict::infra_error; });
    if (!undecided && record.exercise == job.exercise->id && record.exercise_version == job.exercise->version &&
        record.submission_sha256 == sha256 && record.seed == options.seed && record.toolchain == machine.builder().toolchain().describe() &&
        record.checks.size() == job.exercise->checks.size())
      return record;
  } catch (const model::UsageError&) {
    // A damaged record is graded again and replaced.
  }
  return std::nullopt;
}

RenderOptions options_for(const Job& job, const GradeOptions& options) {
  RenderOptions render = options.render;
  render.submission = job.submission.string();
  return render;
}

int grade_jobs(const std::vector<Job>& jobs, const GradeOptions& options, Machine& machine) {
  std::vector<std::optional<model::Record>> records(jobs.size());
  {
    ProgressLine line(jobs.size() == 1 ? "grading " + jobs.front().exercise->id : fmt::format("grading {} submissions", jobs.size()));
    pipeline::TaskQueue queue;
    std::atomic<std::size_t> finished = 0;
    for (std::size_t i = 0; i < jobs.size(); ++i)
      queue.add([&, i] {
        if (was_interrupted()) return;
        const Job& job = jobs[i];
        const pipeline::Services services = machine.services(line.progress());
        std::optional<model::Record> record = finished_before(job, options, options.render.out / job.folder / "record.json", machine,
                                                              services.work / fmt::format("compare-{}", i));
        if (!record)
          record = pipeline::grade({job.exercise, job.submission, options.seed, options.only, annotation_path(job.submission)}, services);
        if (was_interrupted()) return;
        record->submitter = job.submitter;
        if (!options.render.out.empty()) deliver(*record, options_for(job, options), job.folder.string(), true);
        records[i] = std::move(record);
        if (jobs.size() > 1) line.news(fmt::format("graded {} of {}: {}", ++finished, jobs.size(), name_of_job(job)));
      });
    queue.work(machine.runner().slots());
  }
  if (was_interrupted()) return interrupted;

  int code = all_passed;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const model::Record& record = *records[i];
    if (options.render.out.empty())
      deliver(record, options_for(jobs[i], options), "", false);
    else
      fmt::print("{:<50} {}\n", report::visible_line(name_of_job(jobs[i])), summary_of(record));
    const int one = exit_code_of(record);
    if (one != all_passed && code != something_failed) code = one;  // a failed check outranks a fault of ours
  }
  if (!options.render.out.empty()) fmt::print("reports: {}\n", report::visible_line(options.render.out.string()));
  return code;
}

}  // namespace

std::function<int()> add_grade(CLI::App& app, const GlobalOptions& global) {
  CLI::App* command = app.add_subcommand("grade", "Grades submissions, with the hidden checks where the tree has them");
  set_manual(*command,
             {"Takes the files that a student edits from a folder, lays them over the exercise, compiles and runs them in a sandbox,\n"
              "and reports. The folder holds the files of one exercise, or with --all those of many: laid out like exercises/\n"
              "(02_threads/barrier/barrier.cpp), or with one folder per exercise name (barrier/barrier.cpp).\n\n"
              "With --out, each grading leaves its record and its reports in a folder of its own, and a grading that already lies\n"
              "there for the same files, exercise, compiler and seed is not repeated: a call that was interrupted can be called again.",
              "0    full marks for every submission\n"
              "1    a check does not pass",
              "DIR/[SUBMISSION/][EXERCISE/]record.json  the grade and all its evidence: `lockstep report` and `regrade` read it\n"
              "DIR/[SUBMISSION/][EXERCISE/]report.html  and report.txt, summary.md, junit.xml, annotations.txt, as --format says",
              environment_of_runs,
              "lockstep grade 02_threads/barrier --submission ~/class/submission_17\n"
              "lockstep grade barrier --submission . --format github --format markdown --out reports\n"
              "lockstep grade --all --submission ~/class/* --format html --format junit --out reports --require processes"});
  auto options = std::make_shared<GradeOptions>();
  command->add_option("exercise", options->exercise, "Which exercise: 02_threads/barrier, or just barrier")->type_name("EXERCISE");
  command->add_flag("--all", options->all, "Every exercise that the submission holds");
  command->add_option("--submission", options->submissions, "The folder (or the one file) that was handed in; several for a class")
      ->required()
      ->type_name("DIR");
  command->add_option("--seed", options->seed, "Seed of all that is random; the same seed gives the same verdicts")
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--only", options->only, "Only this check; may be given several times")->type_name("CHECK")->allow_extra_args(false);
  command
      ->add_option(
          "--require", options->require,
          "Refuse to grade with less protection than this: none, limits,\nprocesses, namespaces or full (lockstep doctor names this machine's)")
      ->type_name("LEVEL");
  command->add_flag("--again", options->again, "Grade again what --out holds already");
  add_render_options(*command, options->render);
  return [&global, options] {
    const catalog::Course course = options->exercise.empty() ? open_whole_course(global) : open_course(global);
    const std::vector<Job> jobs = plan_jobs(course, *options);
    check_render_options(options->render, jobs.size());
    Machine machine(global, course, options->require);
    for (const Job& job : jobs) machine.require_tools(*job.exercise);
    return grade_jobs(jobs, *options, machine);
  };
}

}  // namespace lockstep::cli
