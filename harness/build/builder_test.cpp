// Real compilers on a small course of its own. Its compiled parts are kept between test processes in one cache, which they share as graders do.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "harness/build/build.hpp"
#include "harness/build/digest.hpp"
#include "harness/build/direct_runner.hpp"
#include "harness/build/elf_object.hpp"

namespace lockstep::build {
namespace {

namespace fs = std::filesystem;
using model::Engine;

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  if (read_file(file) != text) std::ofstream(file, std::ios::binary) << text;
}

constexpr const char* header = R"(#pragma once
#include "pdc/prelude.hpp"
namespace pdc {
struct Shared { std::atomic<bool> go{false}; };
inline int& inline_counter() { static int counter = 0; return counter; }
class Bank {
 public:
  explicit Bank(int accounts);
  ~Bank();
  void deposit(int account, long amount);
  long total() const;
  void wait_for(Shared& shared);
  PDC_PIMPL(Bank);
};
}  // namespace pdc
)";

constexpr const char* tests = R"(#include <gtest/gtest.h>
#include <unistd.h>
#include <fstream>
#include "bank.hpp"
bool sleeps(pid_t thread) {
  std::ifstream stat("/proc/self/task/" + std::to_string(thread) + "/stat");
  std::string line;
  std::getline(stat, line);
  return line.find(") S ") != std::string::npos;
}
TEST(Bank, AddsUp) { pdc::Bank bank(2); bank.deposit(0, 1); bank.deposit(1, 2); EXPECT_EQ(bank.total(), 3); }
TEST(Bank, ExceptionsCross) {
  EXPECT_THROW(pdc::Bank(-1), std::invalid_argument);
  pdc::Bank bank(1);
  EXPECT_THROW(bank.deposit(7, 1), pdc::Closed);
}
TEST(Bank, WaitsAreWoken) {
  pdc::Bank bank(1);
  pdc::Shared shared;
  std::atomic<pid_t> id{0};
  std::thread waiter([&] { id = gettid(); bank.wait_for(shared); });
  while (id == 0 || !sleeps(id)) std::this_thread::yield();
  shared.go = true;
  shared.go.notify_all();
  waiter.join();
}
TEST(Bank, InlineDataIsOne) {
  pdc::inline_counter() = 40;
  pdc::Bank bank(1);
  bank.deposit(0, 1);
  EXPECT_EQ(pdc::inline_counter(), 41);
}
)";

constexpr const char* right = R"(#include "bank.hpp"
namespace pdc {
struct Bank::Impl { std::mutex mutex; std::vector<long> accounts; };
static thread_local std::string last = "none";
static std::vector<int>& journal() { static std::vector<int> entries(1); return entries; }
Bank::Bank(int n) : p_(new Impl) { if (n < 0) throw std::invalid_argument("n"); p_->accounts.resize(n); }
Bank::~Bank() = default;
void Bank::deposit(int i, long v) {
  const std::lock_guard lock(p_->mutex);
  if (i >= static_cast<int>(p_->accounts.size())) throw Closed("no such account");
  last = std::to_string(i);
  journal().push_back(i);
  ++inline_counter();
  p_->accounts[i] += v;
}
long Bank::total() const { long sum = 0; for (const long v : p_->accounts) sum += v; return sum; }
void Bank::wait_for(Shared& shared) { shared.go.wait(false); }
}  // namespace pdc
)";

// Line `nth` (from 1) of what is put behind `text`.
std::string line_behind(const std::string& text, int nth) { return std::to_string(std::count(text.begin(), text.end(), '\n') + nth); }

constexpr const char* stub = R"(#include "bank.hpp"
namespace pdc {
struct Bank::Impl {};
Bank::Bank(int) {}
Bank::~Bank() = default;
void Bank::deposit(int, long) { PDC_TODO(); }
long Bank::total() const { PDC_TODO(); }
void Bank::wait_for(Shared&) { PDC_TODO(); }
}  // namespace pdc
)";

constexpr const char* main_source = R"(#include <gtest/gtest.h>
int main(int argc, char** argv) { testing::InitGoogleTest(&argc, argv); return RUN_ALL_TESTS(); }
)";

class BuilderTest : public testing::TestWithParam<const char*> {
 protected:
  BuilderTest() : root(fs::temp_directory_path() / ("lockstep-build-tests-" + std::to_string(getuid()))), own(root / ("run-" + std::to_string(getpid()))) {
    write(root / "exercises/pdc/prelude.hpp", *read_file(fs::path(__FILE__).parent_path() / "../../exercises/pdc/prelude.hpp"));
    write(root / "exercises/02_threads/bank/bank.hpp", header);
    write(root / "exercises/02_threads/bank/bank.cpp", stub);
    write(root / "exercises/02_threads/bank/tests/behaviour.cpp", tests);
    write(root / "harness/inside/testkit/main.cpp", main_source);
    exercise.id = "02_threads/bank";
    exercise.name = "bank";
    exercise.folder = root / "exercises/02_threads/bank";
    exercise.edit = {"bank.cpp"};
    exercise.checks.resize(1);
    exercise.checks[0].program = "behaviour.cpp";
    exercise.checks[0].engine = Engine::tsan;
  }
  ~BuilderTest() override { fs::remove_all(own); }

  std::unique_ptr<Builder> builder() {
    return make_builder(probe_toolchain(GetParam(), runner), {root / "exercises", root}, root / "cache", runner);
  }
  Workspace workspace(const std::string& text, const std::string& edited = "bank.cpp") {
    static int number = 0;
    const fs::path folder = own / std::to_string(number++);
    write(folder / "bank.hpp", *read_file(exercise.folder / "bank.hpp"));
    write(folder / edited, text);
    return {folder, {edited}};
  }
  Built build(const std::string& text, Engine engine = Engine::native) {
    if (!builder_) builder_ = builder();
    return builder_->build(exercise, workspace(text), engine, {"behaviour.cpp"}, {});
  }
  run::Ended run(const Built& built, Engine engine, const std::string& filter = "*") {
    run::Command command;
    command.argv = {built.executables.at("behaviour.cpp"), "--gtest_filter=" + filter};
    command.env = engine_environment(engine, built);
    return runner.run(command);
  }
  std::string verdict(const Built& built) {
    return built.refusal ? std::string(word_of(built.refusal->verdict)) + ": " + built.refusal->finding.what : "built";
  }

  fs::path root, own;
  model::Exercise exercise;
  DirectRunner runner;
  std::unique_ptr<Builder> builder_;
};

INSTANTIATE_TEST_SUITE_P(Compilers, BuilderTest, testing::Values("gcc", "clang"), [](const auto& one) { return std::string(one.param); });

// Exceptions, thread-local variables, guards of static variables, wake-ups through the library's inline tables: all survive when symbols are made local.
TEST_P(BuilderTest, ARightSubmissionPassesInEveryProfile) {
  for (const Engine engine : {Engine::native, Engine::asan, Engine::tsan}) {
    const Built built = build(right, engine);
    ASSERT_FALSE(built.refusal) << verdict(built);
    EXPECT_EQ(built.tests.at("behaviour.cpp"), (std::vector<std::string>{"Bank.AddsUp", "Bank.ExceptionsCross", "Bank.WaitsAreWoken", "Bank.InlineDataIsOne"}));
    const run::Ended ended = run(built, engine);
    EXPECT_EQ(ended.end.code, 0) << word_of(engine) << ended.end.out << ended.end.err;
    EXPECT_FALSE(built.has_fences);
  }
}

TEST_P(BuilderTest, WhatIsTheCoursesIsCompiledOnce) {
  build(right);
  runner.forget();
  const Built built = build(right);
  ASSERT_FALSE(built.refusal);
  EXPECT_EQ(runner.runs_with("-c"), 1);
  EXPECT_EQ(runner.runs_with("--gtest_list_tests"), 0);
}

TEST_P(BuilderTest, OnlyTheInterfaceStaysGlobal) {
  const Built built = build(std::string(right) + "int main() { return 3; }\nint helper() { return 1; }\n");
  ASSERT_FALSE(built.refusal) << verdict(built);
  const fs::path object = built.executables.at("behaviour.cpp").parent_path().parent_path() / "objects/merged.local.o";
  int strong = 0;
  for (const Symbol& symbol : parse_object(*read_file(object)).symbols) {
    if (!symbol.defined || !symbol.strong()) continue;
    ++strong;
    EXPECT_TRUE(symbol.name.starts_with("_ZN3pdc4Bank") || symbol.name.starts_with("_ZNK3pdc4Bank")) << symbol.name;
  }
  EXPECT_EQ(strong, 5);  // constructor, destructor, three functions
  EXPECT_EQ(run(built, Engine::native).end.code, 0);  // our main, not theirs
}

TEST_P(BuilderTest, DefinitionsThatWouldReplaceTheGraderAreRefused) {
  for (const char* attack : {"extern \"C\" const char* __tsan_default_suppressions() { return \"race:*\"; }", "extern \"C\" void* malloc(size_t) { return nullptr; }",
                             "extern \"C\" int pthread_mutex_lock(pthread_mutex_t*) noexcept { return 0; }", "extern \"C\" void _exit(int) { for (;;) {} }"}) {
    const Built built = build(std::string(right) + attack, Engine::tsan);
    EXPECT_TRUE(verdict(built).starts_with("forbidden")) << attack << ": " << verdict(built);
  }
}

TEST_P(BuilderTest, AnUnusualButHarmlessSubmissionBuilds) {
  const Built built = build(std::string(right) + "#include <new>\nvoid* operator new(std::size_t n) { return std::malloc(n); }\nvoid operator delete(void* p) noexcept { std::free(p); }\n"
                                                 "void operator delete(void* p, std::size_t) noexcept { std::free(p); }\n");
  ASSERT_FALSE(built.refusal) << verdict(built);
  EXPECT_EQ(run(built, Engine::native).end.code, 0);
}

TEST_P(BuilderTest, ACompileErrorNamesTheStudentsLine) {
  std::string text = right;
  text.replace(text.find("p_->accounts[i] += v;"), 21, "p_->accounts[i] += w;");
  const Built built = build(text);
  ASSERT_TRUE(built.refusal);
  EXPECT_TRUE(verdict(built).starts_with("does_not_build: bank.cpp:14: ")) << verdict(built);
  ASSERT_EQ(built.refusal->finding.traces.size(), 1u);
  EXPECT_EQ(built.refusal->finding.traces[0].frames.at(0).line, 14);
  EXPECT_EQ(built.refusal->finding.output, "p_->accounts[i] += w;");
}

TEST_P(BuilderTest, AFunctionThatIsMissingIsNamed) {
  std::string text = right;
  text.erase(text.find("void Bank::wait_for"), text.find("}  // namespace") - text.find("void Bank::wait_for"));
  EXPECT_EQ(verdict(build(text)), "does_not_build: bank.cpp: pdc::Bank::wait_for(pdc::Shared&) is declared in the header but not defined in bank.cpp");
}

TEST_P(BuilderTest, AFunctionThatNobodyHasIsNamed) {
  EXPECT_EQ(verdict(build(std::string(right) + "void nowhere(); namespace pdc { void f() { nowhere(); } }\n")), "does_not_build: bank.cpp: nowhere() is used but defined nowhere");
}

TEST_P(BuilderTest, AnExcludedFacilityIsFoundWhereItIsUsed) {
  exercise.forbid = {{"std::barrier", "it is what you build here"}, {"popen", "the pipes are the lesson"}};
  const std::string use = std::string(right) + "#include <barrier>\n#include <cstdio>\n";
  EXPECT_EQ(verdict(build(use)), "built");  // a header is no use
  EXPECT_EQ(verdict(build(use + "// std::barrier popen\nconst char* text = \"std::barrier popen(\";\n")), "built");
  const std::string hidden = use + "#define GATE std::bar##rier\n#define JOIN(a, b) a##b\nnamespace pdc {\nvoid f(std::JOIN(bar, rier)<>& g) {\n  g.arrive_and_wait();\n}\n}\n";
  for (const Engine engine : {Engine::native, Engine::tsan}) {
    const Built built = build(hidden, engine);
    ASSERT_TRUE(built.refusal) << word_of(engine);
    EXPECT_EQ(verdict(built), "forbidden: bank.cpp, line " + line_behind(use, 5) + ", uses std::barrier.");
    EXPECT_EQ(built.refusal->finding.why, "This exercise excludes it: it is what you build here.");
  }
  EXPECT_TRUE(verdict(build(use + "namespace pdc { void f() { auto p = &popen; if (p(\"ls\", \"r\")) {} } }\n")).starts_with("forbidden")) << "by its address";
}

TEST_P(BuilderTest, WhatTheLibraryDoesInsideIsNotTheStudents) {
  exercise.forbid = {{"pthread_create", "use the language's own"}, {"std::this_thread::yield", "no spinning"}, {"std::mutex", "no"}, {"std::this_thread::sleep_for", "no"},
                     {"std::atomic::wait", "no"}};
  const std::string use = R"(#include "bank.hpp"
#include <barrier>
#include <semaphore>
namespace pdc {
struct Bank::Impl { std::counting_semaphore<> s{1}; std::condition_variable_any any; };
Bank::Bank(int) : p_(new Impl) { std::jthread([](std::stop_token) {}).join(); auto f = std::async([] { return 1; }); f.get(); std::barrier<> b(1); b.arrive_and_wait(); }
Bank::~Bank() { p_->s.acquire(); p_->any.notify_all(); std::promise<int> p; p.set_value(1); std::counting_semaphore<> t(0); (void)t.try_acquire_for(std::chrono::milliseconds(1)); }
void Bank::deposit(int, long) {}
long Bank::total() const { std::thread([] {}).join(); return 0; }
void Bank::wait_for(Shared&) {}
}
)";
  EXPECT_EQ(verdict(build(use)), "built");
}

TEST_P(BuilderTest, AssemblyIsRefusedBeforeAnythingIsCompiled) {
  build(right);
  runner.forget();
  EXPECT_TRUE(verdict(build(std::string(right) + "asm(\".incbin \\\"/etc/shadow\\\"\");\n")).starts_with("forbidden: bank.cpp, line " + line_behind(right, 1) + ", contains assembly"));
  EXPECT_EQ(runner.runs_with("-c"), 0);
  EXPECT_TRUE(verdict(build(std::string(right) + "#define J(a, b) a##b\nJ(a, sm)(\"nop\");\n")).starts_with("forbidden: bank.cpp, line " + line_behind(right, 2) + ", contains assembly"));
}

TEST_P(BuilderTest, WhatMacrosHideIsRefused) {
  for (const char* hidden : {"#define HIDE no_sanitize_thread\n__attribute__((HIDE)) void f() {}\n", "#define A(x) __attribute__((x))\nA(constructor(50)) void f() {}\n",
                             "#define P(x) _Pragma(#x)\nP(weak main)\n", "#ifdef PDC_PIMPL\n#define N(a, b) a##b\nN(a, sm)(\"nop\");\n#endif\n",
                             "#ifdef __OPTIMIZE__\n#define N(a, b) a##b\nN(a, sm)(\"nop\");\n#endif\n"}) {
    const Built built = build(std::string(hidden) + right);
    ASSERT_TRUE(built.refusal) << hidden;
    EXPECT_EQ(built.refusal->verdict, model::Verdict::forbidden) << hidden << built.refusal->finding.what;
  }
  EXPECT_FALSE(build("#include <cassert>\n#include <sys/wait.h>\n#define GUARDED(x) [[maybe_unused]] static int x\nGUARDED(section);\n" + std::string(right)).refusal);
}

TEST_P(BuilderTest, FencesAreSeen) {
  const Built built = build(std::string(right) + "namespace pdc { void fence() { std::atomic_thread_fence(std::memory_order_release); } }\n", Engine::tsan);
  ASSERT_FALSE(built.refusal) << verdict(built);
  EXPECT_TRUE(built.has_fences);
}

TEST_P(BuilderTest, AddressesLeadBackToTheStudentsLines) {
  const Built built = build(right);
  ASSERT_FALSE(built.refusal);
  const fs::path executable = built.executables.at("behaviour.cpp");
  run::Command nm;
  nm.argv = {"/usr/bin/nm", executable};
  const std::string symbols = runner.run(nm).end.out;
  const std::size_t line = symbols.rfind('\n', symbols.find("_ZNK3pdc4Bank5totalEv"));
  const std::string address = executable.filename().string() + "+0x" + symbols.substr(line + 1, 16);
  const auto frames = symbolise(executable, {address, "nothing", "other+0x12"}, {"bank.cpp"}, runner);
  ASSERT_EQ(frames.size(), 3u);
  const model::Frame& frame = frames.at(address).back();  // inlined functions come before it
  EXPECT_EQ(frame.function, "pdc::Bank::total() const");
  EXPECT_EQ(frame.file, "bank.cpp");
  EXPECT_EQ(frame.line, 16);
  EXPECT_TRUE(frame.students);
  EXPECT_EQ(frames.at("nothing").at(0).file, "nothing");
}

TEST_P(BuilderTest, AnEditedHeaderIsCompiledIntoTheTests) {
  exercise.edit = {"queue.hpp"};
  exercise.id = "02_threads/queue";
  exercise.folder = root / "exercises/02_threads/queue";
  exercise.forbid = {{"std::deque", "no"}};
  write(exercise.folder / "bank.hpp", "#pragma once\n");
  write(exercise.folder / "queue.hpp", "#pragma once\n#include \"pdc/prelude.hpp\"\nnamespace pdc { template <class T> struct Box { T get() const { PDC_TODO(); } }; }\n");
  write(exercise.folder / "tests/behaviour.cpp",
        "#include <gtest/gtest.h>\n#include \"queue.hpp\"\nTEST(Box, Holds) { EXPECT_EQ(pdc::Box<int>().get(), 7); }\n");
  const auto graded = [&](const std::string& body, Engine engine = Engine::native) {
    if (!builder_) builder_ = builder();
    const std::string text = "#pragma once\n#include \"pdc/prelude.hpp\"\n#include <deque>\nnamespace pdc { template <class T> struct Box {\n T get() const {\n" + body + " } }; }\n";
    return builder_->build(exercise, workspace(text, "queue.hpp"), engine, {"behaviour.cpp"}, {});
  };
  const Built good = graded("return T(7);");
  ASSERT_FALSE(good.refusal) << verdict(good);
  EXPECT_EQ(good.tests.at("behaviour.cpp"), std::vector<std::string>{"Box.Holds"});
  EXPECT_EQ(run(good, Engine::native).end.code, 0);
  EXPECT_NE(run(graded("return T(8);", Engine::tsan), Engine::tsan).end.code, 0);
  EXPECT_TRUE(verdict(graded("return std::string();")).starts_with("does_not_build: queue.hpp:6: ")) << verdict(graded("return std::string();"));
  EXPECT_EQ(verdict(graded("std::deque<T> d; d.push_back(7); return d.front();")), "forbidden: queue.hpp, line 6, uses std::deque.");
}

TEST_P(BuilderTest, TestsThatDoNotCompileAreOurFault) {
  exercise.folder = own / "broken";
  write(exercise.folder / "bank.hpp", header);
  write(exercise.folder / "tests/behaviour.cpp", "nonsense\n");
  EXPECT_THROW(build(right), model::Fault);
}

TEST(ProbeToolchain, AMissingCompilerIsNamedWithItsPackage) {
  DirectRunner runner;
  try {
    probe_toolchain("/nowhere/g++", runner);
    FAIL();
  } catch (const model::UsageError& error) {
    EXPECT_NE(std::string(error.what()).find("install the package g++"), std::string::npos) << error.what();
  }
  EXPECT_THROW(probe_toolchain("/usr/bin/true", runner), model::UsageError);
}

}  // namespace
}  // namespace lockstep::build
