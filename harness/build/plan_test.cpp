#include "harness/build/plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "harness/model/fault.hpp"

namespace lockstep::build {
namespace {

Toolchain gcc() {
  Toolchain toolchain;
  toolchain.family = "gcc";
  toolchain.cxx = "/usr/bin/g++";
  toolchain.linker = "mold";
  toolchain.binutils = "/usr/bin";
  toolchain.tsan_runtime = "/llvm/libclang_rt.tsan-x86_64.a";
  toolchain.mpi_compile = {"-I/mpi"};
  toolchain.mpi_link = {"-lmpi"};
  return toolchain;
}

Toolchain clang() {
  Toolchain toolchain = gcc();
  toolchain.family = "clang";
  toolchain.cxx = "/usr/bin/clang++";
  return toolchain;
}

bool has(const Argv& argv, const std::string& word) { return std::find(argv.begin(), argv.end(), word) != argv.end(); }

std::ptrdiff_t position(const Argv& argv, const std::string& word) { return std::find(argv.begin(), argv.end(), word) - argv.begin(); }

CompileTask task() {
  CompileTask task;
  task.source = "/ws/bank.cpp";
  task.object = "/out/bank.o";
  task.include = {"/ws", "/course"};
  task.names = {{"/ws", ""}, {"/course/pdc", "pdc"}};
  return task;
}

TEST(PlanProfile, RacesAreLookedForWithoutOptimisation) {
  const Profile profile = plan_profile(model::Engine::tsan, gcc(), false);
  EXPECT_TRUE(has(profile.compile, "-O0"));
  EXPECT_TRUE(has(profile.instrument, "-fsanitize=thread"));
  EXPECT_TRUE(has(profile.compile, "-fno-optimize-sibling-calls"));
}

TEST(PlanProfile, TheRuntimeOfLlvmReplacesTheCompilersOwn) {
  for (const Toolchain& toolchain : {gcc(), clang()}) {
    const Profile profile = plan_profile(model::Engine::tsan, toolchain, false);
    EXPECT_FALSE(has(profile.link, "-fsanitize=thread"));
    const auto runtime = position(profile.libraries, "/llvm/libclang_rt.tsan-x86_64.a");
    EXPECT_LT(position(profile.libraries, "-Wl,--whole-archive"), runtime);
    EXPECT_LT(runtime, position(profile.libraries, "-Wl,--no-whole-archive"));
    EXPECT_TRUE(has(profile.libraries, "-Wl,--dynamic-list=/llvm/libclang_rt.tsan-x86_64.a.syms"));
  }
  Toolchain without = gcc();
  without.tsan_runtime.clear();
  EXPECT_TRUE(has(plan_profile(model::Engine::tsan, without, false).link, "-fsanitize=thread"));
}

TEST(PlanProfile, EnginesOfAnMpiExerciseSeeTheLibrary) {
  for (const model::Engine engine : {model::Engine::native, model::Engine::asan, model::Engine::tsan, model::Engine::mpi}) {
    const Profile profile = plan_profile(engine, gcc(), true);
    EXPECT_TRUE(has(profile.mpi_compile, "-I/mpi"));
    EXPECT_TRUE(has(profile.libraries, "-lmpi"));
  }
  EXPECT_TRUE(plan_profile(model::Engine::native, gcc(), false).mpi_compile.empty());
}

TEST(PlanProfile, UniqueSymbolsAreSwitchedOffWhereThereAreAny) {
  EXPECT_TRUE(has(plan_profile(model::Engine::native, gcc(), false).compile, "-fno-gnu-unique"));
  EXPECT_FALSE(has(plan_profile(model::Engine::native, clang(), false).compile, "-fno-gnu-unique"));
}

TEST(PlanProfile, TheEngineLockstepInstrumentsAndLinksNoRuntimeOfTheCompilers) {
  const Profile profile = plan_profile(model::Engine::lockstep, gcc(), false);
  EXPECT_TRUE(has(profile.instrument, "-fsanitize=thread"));
  EXPECT_FALSE(has(profile.link, "-fsanitize=thread"));
}

TEST(PlanCompile, UninstrumentedFilesKeepTheOtherFlags) {
  const Profile profile = plan_profile(model::Engine::tsan, gcc(), false);
  CompileTask plain = task();
  plain.instrument = false;
  const Argv argv = plan_compile(plain, profile, gcc());
  EXPECT_FALSE(has(argv, "-fsanitize=thread"));
  EXPECT_TRUE(has(argv, "-O0"));
}

TEST(PlanCompile, PathsOfTheMachineAreNotInTheObject) {
  const Argv argv = plan_compile(task(), plan_profile(model::Engine::native, gcc(), false), gcc());
  EXPECT_TRUE(has(argv, "-fdebug-prefix-map=/ws=."));
  EXPECT_TRUE(has(argv, "-fmacro-prefix-map=/ws/="));
  EXPECT_TRUE(has(argv, "-fdebug-prefix-map=/course/pdc=./pdc"));
  EXPECT_TRUE(has(argv, "-fmacro-prefix-map=/course/pdc/=pdc/"));
}

TEST(PlanCompile, EachCompilerIsGivenItsPrecompiledPrelude) {
  CompileTask with = task();
  with.prelude = "/cache/prelude";
  EXPECT_TRUE(has(plan_compile(with, plan_profile(model::Engine::native, gcc(), false), gcc()), "-include"));
  EXPECT_TRUE(has(plan_compile(with, plan_profile(model::Engine::native, clang(), false), clang()), "-include-pch"));
}

TEST(PlanPreprocess, SeesWhatTheCompilerWillSee) {
  CompileTask with = task();
  with.prelude = "/cache/prelude.hpp";
  for (const Toolchain& toolchain : {gcc(), clang()}) {
    const Profile profile = plan_profile(model::Engine::tsan, toolchain, false);
    const Argv argv = plan_preprocess(with, profile, toolchain);
    for (const char* word : {"-E", "-O0", "-fsanitize=thread", "-I/ws", "/ws/bank.cpp", toolchain.family == "gcc" ? "-include" : "-include-pch"})
      EXPECT_TRUE(has(argv, word)) << word;
    for (const char* word : {"-c", "-o", "/out/bank.o"}) EXPECT_FALSE(has(argv, word)) << word;
  }
}

TEST(PlanCompile, WarningsAreNoErrors) {
  for (const Toolchain& toolchain : {gcc(), clang()})
    for (const std::string& word : plan_compile(task(), plan_profile(model::Engine::native, toolchain, false), toolchain))
      EXPECT_FALSE(word.starts_with("-Werror"));
}

TEST(PlanLocalise, RedirectionIsLeftOutWhenThereIsNone) {
  EXPECT_EQ(plan_localise("/a.o", "/b.o", "/keep", "", gcc()), (Argv{"/usr/bin/objcopy", "--keep-global-symbols=/keep", "/a.o", "/b.o"}));
  EXPECT_TRUE(has(plan_localise("/a.o", "/b.o", "/keep", "/redirect", gcc()), "--redefine-syms=/redirect"));
}

TEST(PlanMerge, GroupsAreDissolved) { EXPECT_TRUE(has(plan_merge({"/a.o"}, "/b.o", gcc()), "--force-group-allocation")); }

TEST(PlanLink, LibrariesFollowTheObjects) {
  const Argv argv = plan_link({"/a.o", "/b.o"}, "/exe", plan_profile(model::Engine::mpi, gcc(), true), gcc());
  EXPECT_LT(position(argv, "/b.o"), position(argv, "-lmpi"));
  EXPECT_EQ(argv.back(), "/exe");
}

TEST(EngineEnvironment, AtomicsAreSequentiallyConsistentWhereThereAreFences) {
  Built built;
  EXPECT_TRUE(engine_environment(model::Engine::tsan, built).empty());
  built.has_fences = true;
  EXPECT_EQ(engine_environment(model::Engine::tsan, built), (Argv{"TSAN_OPTIONS=force_seq_cst_atomics=1"}));
  EXPECT_TRUE(engine_environment(model::Engine::native, built).empty());
}

}  // namespace
}  // namespace lockstep::build
