// One object, two runtimes: what the engine lockstep and ThreadSanitizer say about programs whose answer is known. Real compilers, boxes and threads; what
// real threads show by luck alone is not asked for.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "harness/observe/sealed_bytes.hpp"
#include "harness/pipeline/explore.hpp"
#include "harness/run/fake_process_runner.hpp"

namespace lockstep::pipeline {
namespace {

namespace fs = std::filesystem;
using model::Verdict;

const fs::path root = LOCKSTEP_HARNESS_ROOT;
const fs::path corpus = root / "harness/inside/lockstep/corpus";

class Explore : public testing::Test {
 protected:
  Explore() {
    std::string pattern = (fs::temp_directory_path() / "lockstep-explore-XXXXXX").string();
    work_ = mkdtemp(pattern.data());
    fs::permissions(work_, fs::perms(0755));
    run::RunnerOptions options;
    options.box_init = LOCKSTEP_BOX_INIT;
    runner_ = run::make_process_runner(options);
    slots_ = std::make_unique<SlottedRunner>(*runner_, 2);
    // Kept between test processes, which share it as graders do.
    const fs::path cache = fs::temp_directory_path() / ("lockstep-explore-tests-" + std::to_string(getuid()));
    builder_ = build::make_builder(build::probe_toolchain("gcc", *slots_), {root / "exercises", root}, cache, *slots_);
  }
  ~Explore() override { fs::remove_all(work_); }

  ExploreRequest request(const fs::path& file) const {
    ExploreRequest request;
    request.program.sources = {file};
    request.plan = "budget=200;bound=2";
    return request;
  }
  ExploreRequest text(const std::string& name, const std::string& program) const {
    std::ofstream(work_ / name) << program;
    return request(work_ / name);
  }
  fs::path folder() {
    const fs::path made = work_ / std::to_string(++folders_);
    fs::create_directories(made);
    fs::permissions(made, fs::perms(0755));
    return made;
  }
  ExploreAnswer lockstep(const ExploreRequest& request) { return explore_program(request, *slots_, *builder_, folder()); }
  ExploreAnswer tsan(const ExploreRequest& request, std::uint64_t runs = 3) { return repeat_program(request, {.runs = runs}, *slots_, *builder_, folder()); }

  fs::path work_;
  int folders_ = 0;
  std::unique_ptr<run::ProcessRunner> runner_;
  std::unique_ptr<SlottedRunner> slots_;
  std::unique_ptr<build::Builder> builder_;
};

std::string told(const ExploreAnswer& answer) {
  return std::string(word_of(answer.verdict)) + answer.built.error + (answer.findings.empty() ? "" : ": " + answer.findings.front().what);
}

// Where each access, or each waiting thread, is.
std::set<std::string> places(const ExploreAnswer& answer) {
  std::set<std::string> places;
  if (!answer.findings.empty())
    for (const model::Trace& trace : answer.findings.front().traces)
      places.insert(trace.frames.empty() ? "nowhere" : trace.frames.front().file + ":" + std::to_string(trace.frames.front().line));
  return places;
}

TEST_F(Explore, ARaceIsCaughtByBothEnginesAtTheSameLines) {
  for (const auto& [name, place] : {std::pair("counter_without_a_lock.c", "counter_without_a_lock.c:10"), std::pair("counter_without_a_lock.cpp", "counter_without_a_lock.cpp:7")}) {
    const ExploreRequest racy = request(corpus / "wrong/data_race" / name);
    const ExploreAnswer explored = lockstep(racy), repeated = tsan(racy);
    EXPECT_EQ(explored.verdict, Verdict::data_race) << told(explored);
    EXPECT_EQ(repeated.verdict, Verdict::data_race) << told(repeated);
    EXPECT_EQ(places(explored), std::set<std::string>{place});
    EXPECT_EQ(places(repeated), std::set<std::string>{place});
  }
}

TEST_F(Explore, ARaceInAHeaderHasItsLinesToo) {
  std::ofstream(work_ / "counter.hpp") << "inline int counter;\ninline void work() {\n  ++counter;\n}\n";
  const ExploreRequest racy = text("main.cpp", "#include \"counter.hpp\"\n#include <thread>\nint main() { std::jthread a(work), b(work); }\n");
  EXPECT_EQ(places(lockstep(racy)), std::set<std::string>{"counter.hpp:3"});
  EXPECT_EQ(places(tsan(racy)), std::set<std::string>{"counter.hpp:3"});
}

TEST_F(Explore, RightProgramsPassUnderBothEngines) {
  for (const char* name : {"counter_under_lock_guard.cpp", "counter_under_a_mutex.c", "bounded_buffer_of_c11.c", "fences_of_c11.c", "error_checking_mutex_reports_errors.c", "main_leaves_by_pthread_exit.c",
                           "call_once_tried_again_after_an_exception.cpp"}) {
    const ExploreRequest right = request(corpus / "right" / name);
    const ExploreAnswer explored = lockstep(right), repeated = tsan(right);
    EXPECT_EQ(explored.verdict, Verdict::passed) << name << told(explored);
    EXPECT_EQ(repeated.verdict, Verdict::passed) << name << told(repeated);
    EXPECT_EQ(repeated.run.exploration->schedules, 3u);
  }
}

TEST_F(Explore, AMisusedMutexIsNoRace) {
  const ExploreRequest wrong = request(corpus / "wrong/misuse/unlock_by_another_thread.c");
  const ExploreAnswer explored = lockstep(wrong), repeated = tsan(wrong);
  EXPECT_EQ(explored.verdict, Verdict::crash) << told(explored);
  EXPECT_EQ(repeated.verdict, Verdict::crash) << told(repeated);
  EXPECT_EQ(places(explored), places(repeated));
}

TEST_F(Explore, ALostWakeUpThatSeldomComesIsFoundByLockstep) {
  const ExploreRequest wrong = request(corpus / "wrong/deadlock/notify_before_the_wait.cpp");
  const ExploreAnswer explored = lockstep(wrong), repeated = tsan(wrong);
  EXPECT_EQ(explored.verdict, Verdict::deadlock) << told(explored);
  EXPECT_TRUE(repeated.verdict == Verdict::passed || repeated.verdict == Verdict::deadlock) << told(repeated);  // real threads may be lucky
}

TEST_F(Explore, BothEnginesTellOfAnEndInTheSameWords) {
  const std::vector<std::pair<std::string, Verdict>> programs{
      {"int main() { return 3; }\n", Verdict::wrong_answer},
      {"#include <cassert>\nint main() { assert(1 + 1 == 3); }\n", Verdict::wrong_answer},
      {"#include <stdexcept>\n#include <thread>\nint main() { std::jthread t([] { throw std::runtime_error(\"boom\"); }); }\n", Verdict::crash},
      {"#include <unistd.h>\nint main() { _exit(0); }\n", Verdict::crash},
      {"#include <thread>\nint* volatile nothing;\nint main() { std::jthread t([] { *nothing = 1; }); }\n", Verdict::crash},
  };
  for (const auto& [program, verdict] : programs) {
    const ExploreRequest ends = text("ends.cpp", program);
    const ExploreAnswer explored = lockstep(ends), repeated = tsan(ends);
    EXPECT_EQ(explored.verdict, verdict) << program << told(explored);
    EXPECT_EQ(told(explored), told(repeated)) << program;
    EXPECT_EQ(places(explored), places(repeated)) << program;
    EXPECT_EQ(repeated.run.exploration->schedules, 1u) << "it ends with the first run that shows something";
  }
}

TEST_F(Explore, ADeadlockOfRealThreadsIsProven) {
  const ExploreAnswer repeated = tsan(text("stuck.cpp", "#include <mutex>\nint main() {\n  std::mutex m;\n  m.lock();\n  m.lock();\n}\n"));
  EXPECT_EQ(repeated.verdict, Verdict::deadlock) << told(repeated);
  EXPECT_EQ(places(repeated), std::set<std::string>{"stuck.cpp:5"});
}

TEST_F(Explore, ADeadlockInACallThatTheRuntimeInterceptsHasItsLine) {
  const ExploreAnswer repeated = tsan(text("stuck.c", "#include <pthread.h>\nint main(void) {\n  pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;\n  pthread_mutex_lock(&m);\n  pthread_mutex_lock(&m);\n}\n"));
  EXPECT_EQ(repeated.verdict, Verdict::deadlock) << told(repeated);
  EXPECT_EQ(places(repeated), std::set<std::string>{"stuck.c:5"});
}

TEST_F(Explore, TheProgramGetsItsArguments) {
  ExploreRequest asks = text("asks.c", "#include <string.h>\nint main(int argc, char** argv) { return argc != 3 || strcmp(argv[1], \"two words\") || strcmp(argv[2], \"-x\"); }\n");
  asks.arguments = {"two words", "-x"};
  const ExploreAnswer repeated = tsan(asks, 1);
  EXPECT_EQ(repeated.verdict, Verdict::passed) << told(repeated);
}

class FakeBuilder : public build::Builder {
 public:
  const build::Toolchain& toolchain() const override { return toolchain_; }
  build::Built build(const model::Exercise&, const build::Workspace&, model::Engine, const std::vector<std::string>&, const build::Report&) override { return {}; }
  build::BuiltProgram build_program(const build::Program&, model::Engine, const fs::path& folder) override {
    build::BuiltProgram built;
    built.executable = folder / "program";
    return built;
  }
  build::Built build_mpi_program(const build::Workspace&) override { return {}; }

 private:
  build::Toolchain toolchain_;
};

run::Ended passes() {
  observe::Writer writer;
  run::Ended ended = run::FakeProcessRunner::exited(0);
  ended.token = observe::test_token;
  ended.channel = writer.begin() + writer.test_begin("main") + writer.test_end("main", channel::TestOutcome::passed) + writer.end({"main"});
  return ended;
}

run::Ended is_cut(model::Cut why) {
  run::Ended ended = passes();
  observe::Writer writer;
  ended.end = run::FakeProcessRunner::cut(why).end;
  ended.end.cpu_ms = 20'400;
  ended.channel = writer.begin() + writer.test_begin("main");
  return ended;
}

TEST(Repeat, ATimeLimitProvesNothing) {
  for (const model::Cut why : {model::Cut::cpu_time, model::Cut::wall_time, model::Cut::starved}) {
    run::FakeProcessRunner fake;
    for (const run::Ended& ended : {passes(), is_cut(why), is_cut(why)}) fake.will_end(ended);  // what depends on the wall clock is run again alone
    SlottedRunner slots(fake, 2);
    FakeBuilder builder;
    const ExploreAnswer answer = repeat_program({}, {}, slots, builder, "/nowhere");
    EXPECT_FALSE(answer.conclusive);
    EXPECT_EQ(answer.run.exploration->schedules, 2u);
  }
}

TEST(Repeat, EachRunHasASeedOfItsOwnAndTheBudgetEnds) {
  run::FakeProcessRunner fake([](const run::Command&) { return passes(); });
  SlottedRunner slots(fake, 2);
  FakeBuilder builder;
  const ExploreAnswer answer = repeat_program({}, {.runs = 5}, slots, builder, "/nowhere");
  EXPECT_EQ(answer.verdict, Verdict::passed);
  EXPECT_EQ(answer.run.exploration->schedules, 5u);
  std::set<std::string> seeds;
  for (const run::Command& command : fake.commands()) {
    EXPECT_TRUE(command.fixed_addresses && command.prove_deadlock && command.channel);
    seeds.insert(*std::find_if(command.env.begin(), command.env.end(), [](const std::string& variable) { return variable.starts_with("LOCKSTEP_SEED="); }));
  }
  EXPECT_EQ(seeds.size(), 5u);
}

}  // namespace
}  // namespace lockstep::pipeline
