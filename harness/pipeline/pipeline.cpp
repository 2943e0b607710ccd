#include "harness/pipeline/pipeline.hpp"

#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "harness/judge/judge.hpp"
#include "harness/judge/schedule.hpp"
#include "harness/model/fault.hpp"
#include "harness/pipeline/collect.hpp"
#include "harness/pipeline/plan_runs.hpp"
#include "harness/pipeline/run_tests.hpp"
#include "harness/pipeline/task_queue.hpp"

namespace lockstep::pipeline {
namespace {

using model::Engine;
using model::Verdict;

std::filesystem::path fresh_folder(const std::filesystem::path& work) {
  static std::atomic<int> counter = 0;
  return work / ("submission-" + std::to_string(++counter));
}

std::map<std::string, std::string> describe_host() {
  utsname system{};
  uname(&system);
  return {{"kernel", std::string(system.sysname) + " " + system.release},
          {"machine", system.machine},
          {"processors", std::to_string(std::thread::hardware_concurrency())}};
}

// The stage that sums up all processes of a grading, compilers too; what other gradings ran meanwhile is in it.
constexpr const char* processes_stage = "processes, summed";

struct EngineBuild {
  std::optional<build::Built> built;
  std::string fault;  // our own failure to build
};

}  // namespace

struct Prepared::State {
  State(Request the_request, const Services& the_services) : request(std::move(the_request)), services(the_services) {}

  Request request;
  std::vector<std::string> only;  // of the current call
  Services services;
  std::filesystem::path folder;
  catalog::Overlay overlay;
  std::map<Engine, std::vector<std::string>> programs;
  std::map<Engine, EngineBuild> builds;
  std::mutex mutex;  // guards builds' entries, runs and stages
  std::vector<model::Stage> stages;
  std::vector<model::TestRun> runs;
  std::atomic<bool> out_of_patience = false;

  void add_stage(std::string name, double ms) {
    const std::lock_guard lock(mutex);
    stages.push_back({std::move(name), ms});
  }

  void build_engine(Engine engine) {
    EngineBuild result;
    try {
      result.built = services.builder.build(*request.exercise, overlay.workspace, engine, programs.at(engine),
                                            [&](std::string stage, double ms) { add_stage(std::move(stage), ms); });
    } catch (const model::Fault& fault) {
      result.fault = fault.what();
    }
    const std::lock_guard lock(mutex);
    builds[engine] = std::move(result);
    services.progress.done("built for " + std::string(word_of(engine)));
  }

  const EngineBuild& build_of(Engine engine) {
    const std::lock_guard lock(mutex);
    return builds.at(engine);
  }

  void run_engine(TaskQueue& queue, Engine engine, std::uint64_t seed) {
    const EngineBuild& build = build_of(engine);
    if (!build.built || build.built->refusal) return;
    const std::vector<PlannedRun> plan = plan_runs(*request.exercise, engine, only, build.built->tests, seed);
    services.progress.expect(static_cast<int>(plan.size()));
    for (const PlannedRun& planned : plan)
      queue.add([this, planned, &build] {
        const RunContext context{*request.exercise, *build.built, overlay.workspace, services.runner, services.builder.toolchain(),
                                 out_of_patience};
        std::vector<model::TestRun> seen = run_tests(planned, context);
        double ms = 0;
        for (const model::TestRun& run : seen)
          ms += planned.ranks == 0 || &run == &seen.front() ? run.end.wall_ms : 0;  // a launch of ranks ends all its tests
        add_stage("run " + std::string(word_of(planned.engine)) + " " + planned.program +
                      (planned.tests.size() == 1 ? " " + planned.tests.front() : ""),
                  ms);
        services.progress.done(planned.tests.size() == 1 ? planned.tests.front() : planned.program);
        const std::lock_guard lock(mutex);
        std::move(seen.begin(), seen.end(), std::back_inserter(runs));
      });
  }

  // The verdict of every check for the same reason: the submission could not be built or taken.
  const build::Refusal* refusal() const {
    for (const auto& [engine, build] : builds)
      if (build.built && build.built->refusal) return &*build.built->refusal;
    return nullptr;
  }

  model::CheckResult judge_one(const model::Check& check) const {
    model::CheckResult result{check.id, check.says, check.engine, check.points, check.hidden, Verdict::unavailable, {}, {}, {}};
    if (!is_available(*request.exercise, check)) return result;
    const auto opinion = [&]() -> judge::Opinion {
      if (overlay.refused) return {Verdict::does_not_build, {*overlay.refused}};
      if (const build::Refusal* refused = refusal()) return {refused->verdict, {refused->finding}};
      const EngineBuild& build = builds.at(check.engine);
      if (!build.built)
        return {Verdict::infra_error,
                {{"the grader could not build its own part: " + build.fault, "This is not your fault and costs you nothing.", {}, {}, {}}}};
      const auto tests = build.built->tests.find(check.program);
      if (tests == build.built->tests.end()) return judge::judge_check(check, {}, runs);
      return judge::judge_check(check, tests_of(check, tests->second), runs);
    }();
    result.verdict = opinion.verdict;
    result.findings = opinion.findings;
    if (check.engine == model::Engine::lockstep && result.verdict == Verdict::passed) {
      std::vector<const model::Exploration*> seen;
      for (const model::TestRun& run : runs)
        if (run.program == check.program && run.exploration) seen.push_back(&*run.exploration);
      result.coverage = judge::coverage_of(seen);
    }
    return result;
  }

  model::Record make_record(std::uint64_t seed) const {
    model::Record record;
    const model::Exercise& exercise = *request.exercise;
    record.exercise = exercise.id;
    record.title = exercise.title;
    record.exercise_version = exercise.version;
    record.submission_sha256 = overlay.sha256;
    record.seed = seed;
    record.toolchain = services.builder.toolchain().describe();
    for (const model::Check& check : exercise.checks)
      if (only.empty() || std::find(only.begin(), only.end(), check.id) != only.end()) record.checks.push_back(judge_one(check));
    judge::apply_needs(exercise, record.checks);
    record.submitter =
        request.submission.filename().empty() ? request.submission.parent_path().filename().string() : request.submission.filename().string();
    record.student_path = request.student_path;
    record.files = overlay.files;
    record.ignored = overlay.ignored;
    for (const auto& [engine, build] : builds)
      if (build.built && build.built->has_fences && engine == Engine::tsan)
        record.notes.push_back(
            "The file uses atomic_thread_fence, which ThreadSanitizer does not model; its runs treated every atomic as sequentially "
            "consistent.");
    record.protections = services.runner.protections();
    record.protection_level = services.runner.protection_level();
    record.host = describe_host();
    record.runs = runs;
    // Threads finish in any order; a record reads the same however they did.
    std::stable_sort(record.runs.begin(), record.runs.end(), [](const model::TestRun& a, const model::TestRun& b) {
      return std::tie(a.engine, a.program, a.test, a.repetition) < std::tie(b.engine, b.program, b.test, b.repetition);
    });
    record.stages = stages;
    std::stable_sort(record.stages.begin(), record.stages.end(), [](const model::Stage& a, const model::Stage& b) { return a.name < b.name; });
    return record;
  }
};

Prepared::Prepared(Request request, const Services& services) : state_(std::make_unique<State>(std::move(request), services)) {
  State& state = *state_;
  state.folder = fresh_folder(services.work);
  state.overlay = catalog::make_overlay(*state.request.exercise, state.request.submission, state.folder);
  if (!state.overlay.refused) state.programs = programs_of(*state.request.exercise, state.request.only);
}

Prepared::~Prepared() {
  std::error_code ignored;
  std::filesystem::remove_all(state_->folder, ignored);
}

model::Record Prepared::grade(std::uint64_t seed, const std::vector<std::string>& only) {
  State& state = *state_;
  state.only = only.empty() ? state.request.only : only;
  state.runs.clear();
  state.out_of_patience = false;
  const double busy_before = state.services.runner.busy_ms();
  TaskQueue queue;
  const bool built = state.builds.size() == state.programs.size();
  if (!built) {
    state.services.progress.expect(static_cast<int>(state.programs.size()));
    // The slowest compilation first: ThreadSanitizer's and AddressSanitizer's stand behind native in the table of engines.
    for (auto entry = state.programs.rbegin(); entry != state.programs.rend(); ++entry)
      queue.add([&state, &queue, engine = entry->first, seed] {
        state.build_engine(engine);
        state.run_engine(queue, engine, seed);
      });
  } else {
    for (const auto& [engine, programs] : state.programs) state.run_engine(queue, engine, seed);
  }
  queue.work(state.services.runner.slots());
  model::Record record = state.make_record(seed);
  record.stages.push_back({processes_stage, state.services.runner.busy_ms() - busy_before});
  return record;
}

model::Record grade(const Request& request, const Services& services) { return Prepared(request, services).grade(request.seed); }

}  // namespace lockstep::pipeline
