// The build of one submission for one engine, stage by stage.
#include <algorithm>
#include <chrono>
#include <future>

#include "harness/build/build.hpp"
#include "harness/build/diagnostics.hpp"
#include "harness/build/digest.hpp"
#include "harness/build/explored_program.hpp"
#include "harness/build/mpi_program.hpp"
#include "harness/build/submission.hpp"
#include "harness/build/symbol_names.hpp"
#include "harness/build/tools.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::build {
namespace {

namespace fs = std::filesystem;

class Stopwatch {
 public:
  double ms() const { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin_).count(); }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

// What of the programs is the course's.
struct CourseParts {
  std::vector<Path> harness;
  std::map<std::string, Path> programs;  // compiled against the exercise as it is published
  std::map<std::string, std::vector<std::string>> tests;
  double ms = 0;
};

// What of the programs holds code of the student's.
struct StudentParts {
  std::optional<Refusal> refusal;
  std::optional<Path> object;            // of the sources, merged
  std::map<std::string, Path> programs;  // tests that include the student's headers, merged
  bool has_fences = false;
};

// An object without optimisation, and the excluded facilities that it uses.
struct Screened {
  std::variant<Refusal, Path> object;
  std::optional<Refusal> refusal;
};

bool has_check(const model::Exercise& exercise, model::Engine engine) {
  return std::any_of(exercise.checks.begin(), exercise.checks.end(), [&](const model::Check& check) { return check.engine == engine; });
}

class CachingBuilder : public Builder {
 public:
  CachingBuilder(Toolchain toolchain, const CourseFiles& course, const Path& cache, run::ProcessRunner& runner)
      : toolchain_(std::move(toolchain)), runner_(runner), course_(toolchain_, course, cache, runner) {}

  const Toolchain& toolchain() const override { return toolchain_; }

  Built build(const model::Exercise& exercise, const Workspace& given, model::Engine engine, const std::vector<std::string>& programs,
              const Report& report) override {
    const bool mpi = exercise.uses_mpi();
    if (mpi && toolchain_.mpicxx.empty()) throw model::UsageError(exercise.id + " needs Open MPI; install the packages openmpi-bin and libopenmpi-dev");
    const Profile profile = plan_profile(engine, toolchain_, mpi);
    const Workspace workspace{fs::canonical(given.folder), given.edit};
    const Submission submission(exercise, workspace, toolchain_, course_, runner_);
    const BuildFolder folder = make_build_folder(workspace, std::string(word_of(engine)));

    Built built;
    std::future<CourseParts> course = std::async(std::launch::async, [&] { return make_course_parts(exercise, profile, programs); });
    const Stopwatch compiling;
    StudentParts student = make_student_parts(exercise, submission, engine, profile, programs, workspace, folder);
    if (report) report("compile " + profile.name, compiling.ms());
    if (student.refusal) {
      course.wait();
      built.refusal = std::move(student.refusal);
      return built;
    }
    const CourseParts parts = course.get();
    if (report) report("course files " + profile.name, parts.ms);
    const Stopwatch linking;
    built.tests = parts.tests;
    built.has_fences = student.has_fences;
    link(submission, engine, profile, programs, student, parts, folder, built);
    if (report) report("link " + profile.name, linking.ms());
    return built;
  }

  BuiltProgram build_program(const Program& program, model::Engine engine, const Path& folder) override {
    return build_explored(program, engine, folder, toolchain_, course_, runner_);
  }

  Built build_mpi_program(const Workspace& given) override {
    if (toolchain_.mpicxx.empty() || toolchain_.mpirun.empty())
      throw model::UsageError("MPI programs need Open MPI; install the packages openmpi-bin and libopenmpi-dev");
    const Workspace workspace{fs::canonical(given.folder), given.edit};
    std::future<std::vector<Path>> ours =
        std::async(std::launch::async, [&] { return course_.program_objects(plan_profile(model::Engine::asan, toolchain_, true)); });
    ProgramObjects made = compile_program(workspace, toolchain_, runner_, make_build_folder(workspace, "program"));
    const std::vector<Path> objects = ours.get();
    Built built;
    built.refusal = made.refusal;
    if (!built.refusal) built.refusal = link_program(made, objects, course_.cache_folder(), toolchain_, runner_, built.executables["program"]);
    if (built.refusal) built.executables.clear();
    return built;
  }

 private:
  CourseParts make_course_parts(const model::Exercise& exercise, const Profile& profile, const std::vector<std::string>& programs) {
    const Stopwatch watch;
    CourseParts parts;
    std::future<std::vector<Path>> harness = std::async(std::launch::async, [&] { return course_.harness_objects(profile, exercise.uses_mpi()); });
    std::vector<std::future<Path>> making;
    for (const std::string& program : programs)
      making.push_back(std::async(std::launch::async, [&, program] { return course_.test_object(exercise, program, profile); }));
    for (std::size_t i = 0; i < programs.size(); ++i) parts.programs[programs[i]] = making[i].get();
    parts.harness = harness.get();
    // The names come from the program as it is published, never from a process that holds code of the student's.
    for (const auto& [program, object] : parts.programs) {
      std::vector<Path> objects{object};
      objects.insert(objects.end(), parts.harness.begin(), parts.harness.end());
      parts.tests[program] = course_.list_tests(objects, course_.link_names(object).wanted, program, profile);
    }
    parts.ms = watch.ms();
    return parts;
  }

  StudentParts make_student_parts(const model::Exercise& exercise, const Submission& submission, model::Engine engine, const Profile& profile,
                                  const std::vector<std::string>& programs, const Workspace& workspace, const BuildFolder& folder) {
    StudentParts parts;
    if ((parts.refusal = submission.screen_tokens())) return parts;
    const bool instrumented = engine == model::Engine::tsan || engine == model::Engine::lockstep;  // one object, two runtimes
    std::future<Screened> screening;
    if (!submission.sources().empty() && (instrumented || !exercise.forbid.empty()))
      screening = std::async(std::launch::async, [&] { return screened(exercise, workspace); });
    const auto take = [&](std::variant<Refusal, Path> made) -> std::optional<Path> {
      if (std::holds_alternative<Path>(made)) return std::get<Path>(made);
      if (!parts.refusal) parts.refusal = std::get<Refusal>(made);
      return std::nullopt;
    };
    if (!submission.sources().empty() && !instrumented) parts.object = take(submission.compile_sources(profile, folder));
    if (screening.valid()) {
      const Screened seen = screening.get();
      if (instrumented) parts.object = take(seen.object);
      if (!parts.refusal) parts.refusal = seen.refusal;
    }
    if (submission.edits_headers())
      for (const std::string& program : programs) {
        if (parts.refusal) break;
        if (const auto object = take(submission.compile_test(program, profile, folder))) parts.programs[program] = *object;
        if (!parts.refusal && !exercise.forbid.empty()) parts.refusal = screen_test(submission, exercise, program, instrumented, parts, workspace);
      }
    std::vector<Path> objects;
    if (parts.object) objects.push_back(*parts.object);
    for (const auto& [program, object] : parts.programs) objects.push_back(object);
    for (const Path& object : objects) parts.has_fences |= has_fences(read_object(object));
    return parts;
  }

  // The use of facilities is read from code without optimisation: from the object of the engine tsan where the exercise has one, which is made only once
  // for each grading.
  Screened screened(const model::Exercise& exercise, const Workspace& workspace) {
    std::string key = workspace.folder.string();
    for (const std::string& name : workspace.edit) key += "\n" + sha256_of_file(workspace.folder / name).value_or("");
    std::shared_future<Screened> result;
    {
      const std::lock_guard lock(screening_mutex_);
      std::shared_future<Screened>& known = screened_[key];
      if (!known.valid())
        known = std::async(std::launch::deferred, [this, &exercise, workspace] {
                  const bool uses_tsan = has_check(exercise, model::Engine::tsan) || has_check(exercise, model::Engine::lockstep);
                  const Profile profile = uses_tsan ? plan_profile(model::Engine::tsan, toolchain_, exercise.uses_mpi())
                                                    : plan_screening_profile(toolchain_, exercise.uses_mpi());
                  const Submission submission(exercise, workspace, toolchain_, course_, runner_);
                  Screened seen{submission.compile_sources(profile, make_build_folder(workspace, "screening")), std::nullopt};
                  if (std::holds_alternative<Path>(seen.object)) seen.refusal = submission.screen_object(std::get<Path>(seen.object));
                  return seen;
                }).share();
      result = known;
    }
    return result.get();
  }

  std::optional<Refusal> screen_test(const Submission& submission, const model::Exercise& exercise, const std::string& program, bool instrumented,
                                     const StudentParts& parts, const Workspace& workspace) {
    if (instrumented) return submission.screen_object(parts.programs.at(program));
    const std::variant<Refusal, Path> plain =
        submission.compile_test(program, plan_screening_profile(toolchain_, exercise.uses_mpi()), make_build_folder(workspace, "screening"));
    return std::holds_alternative<Refusal>(plain) ? std::get<Refusal>(plain) : submission.screen_object(std::get<Path>(plain));
  }

  void link(const Submission& submission, model::Engine engine, const Profile& profile, const std::vector<std::string>& programs, const StudentParts& student,
            const CourseParts& parts, const BuildFolder& folder, Built& built) {
    const bool headers = submission.edits_headers();
    // What the student's objects give to the others, and what they share with them.
    std::set<std::string> given, shared;
    const auto give = [&](const LinkNames& names) { given.insert(names.wanted.begin(), names.wanted.end()); };
    for (const auto& [program, object] : parts.programs) give(course_.link_names(object));
    for (const auto& [program, object] : student.programs) give(link_names(read_object(object)));
    std::vector<Path> others = parts.harness;
    for (const auto& [program, object] : parts.programs) others.push_back(object);
    for (const Path& object : others) {
      const LinkNames& names = course_.link_names(object);
      shared.insert(names.shared_data.begin(), names.shared_data.end());
    }
    const auto hygienic = [&](const Path& object, const std::map<std::string, std::string>& redirections) {
      std::set<std::string> keep;
      std::map<std::string, std::string> used;
      for (const Symbol& symbol : read_object(object).symbols) {
        if (symbol.defined && (given.contains(symbol.name) || (is_shared_data(symbol) && shared.contains(symbol.name)))) keep.insert(symbol.name);
        if (const auto found = redirections.find(symbol.name); !symbol.defined && found != redirections.end()) used.insert(*found);
      }
      return submission.localise(object, keep, used, folder);
    };
    std::optional<Path> own;
    if (student.object) own = hygienic(*student.object, course_.redirections(engine));
    std::vector<std::future<model::ProcessEnd>> linking;
    for (const std::string& program : programs) {
      std::vector<Path> objects{headers ? hygienic(student.programs.at(program), {}) : parts.programs.at(program)};
      objects.insert(objects.end(), parts.harness.begin(), parts.harness.end());
      if (own) objects.push_back(*own);  // last: of shared data the first definition counts
      const Path executable = folder.executables / Path(program).stem();
      built.executables[program] = executable;
      linking.push_back(std::async(std::launch::async, [this, &profile, &folder, objects, executable] {
        const std::vector<Path> readable{course_.cache_folder(), folder.objects};
        return run_boxed(runner_, plan_link(objects, executable, profile, toolchain_), readable, folder.executables);
      }));
    }
    for (std::future<model::ProcessEnd>& one : linking) one.wait();
    for (std::future<model::ProcessEnd>& one : linking)
      if (const model::ProcessEnd end = one.get(); !succeeded(end) && !built.refusal) built.refusal = explain_link(submission, student, end);
    if (built.refusal) built.executables.clear();
  }

  // Whose fault it is that nothing defines a name: the student's if it is part of the interface, or if only their object asks for it.
  Refusal explain_link(const Submission& submission, const StudentParts& student, const model::ProcessEnd& end) const {
    std::set<std::string> asked_by_student;
    if (student.object)
      for (const Symbol& symbol : read_object(*student.object).symbols)
        if (!symbol.defined) asked_by_student.insert(symbol.name);
    const std::string file = submission.main_file();
    for (const std::string& name : undefined_names(end.err)) {
      if (asked_by_student.contains(name)) return submission.does_not_build(demangle(name) + " is used but defined nowhere", file, 0);
      if (is_course_symbol(name)) return submission.does_not_build(demangle(name) + " is declared in the header but not defined in " + file, file, 0);
    }
    for (const std::string& name : duplicate_names(end.err))
      if (is_course_symbol(name)) return submission.does_not_build(demangle(name) + " is defined here and in the tests", file, 0);
    if (const std::string limit = exceeded_limit(end); !limit.empty())
      return submission.does_not_build("the linker needed more than " + limit + " and was stopped", file, 0);
    throw model::Fault("linking failed: " + end.err.substr(0, 1000));
  }

  Toolchain toolchain_;
  run::ProcessRunner& runner_;
  CourseObjects course_;
  std::mutex screening_mutex_;
  std::map<std::string, std::shared_future<Screened>> screened_;
};

}  // namespace

std::unique_ptr<Builder> make_builder(Toolchain toolchain, CourseFiles course, fs::path cache, run::ProcessRunner& runner) {
  return std::make_unique<CachingBuilder>(std::move(toolchain), course, cache, runner);
}

}  // namespace lockstep::build
