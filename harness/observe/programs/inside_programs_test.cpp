// From a real program to facts: every test of harness/inside/samples/tests/reporting.cpp, run as the harness runs it, under every profile, and
// what it reported read and symbolised.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "harness/observe/channel_facts.hpp"
#include "harness/observe/sealed_bytes.hpp"
#include "harness/observe/symbols.hpp"

#ifndef SAMPLE_TSAN_LLVM  // no runtime of LLVM on this machine: gcc's stands in
#define SAMPLE_TSAN_LLVM SAMPLE_TSAN
#endif

namespace lockstep::observe {
namespace {

using model::Outcome;

struct Ran {
  Observed observed;
  model::TestRun run;  // of the test; silent if there is none
  int status = 0;      // waitpid(2)
  std::string first_student_place(const std::vector<model::Frame>& stack) const {
    for (const model::Frame& frame : stack)
      if (frame.students) return frame.function;
    return {};
  }
};

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return output;
  char part[4096];
  while (const std::size_t size = std::fread(part, 1, sizeof part, pipe)) output.append(part, size);
  ::pclose(pipe);
  return output;
}

Symbols symbolise(const std::string& executable, const std::vector<std::string>& addresses) {
  Symbols symbols;
  for (const std::string& address : addresses) {
    if (!address.starts_with(executable + "+")) continue;
    const std::string text = output_of("addr2line -C -f -i -e '" + executable + "' " + address.substr(executable.size() + 1));
    for (std::size_t at = 0; at < text.size();) {  // function and place, line by line
      const std::size_t middle = text.find('\n', at), end = text.find('\n', middle + 1), colon = text.rfind(':', end);
      model::Frame frame{.function = text.substr(at, middle - at), .file = text.substr(middle + 1, colon - middle - 1)};
      if (const std::size_t own = frame.file.rfind("/./"); own != std::string::npos) frame.file.erase(0, own + 3);
      frame.line = std::atoi(text.c_str() + colon + 1);
      symbols[address].push_back(std::move(frame));
      at = end + 1;
    }
  }
  return symbols;
}

Ran run(const std::string& executable, const std::string& test, const std::vector<std::string>& environment = {}) {
  const int records = ::memfd_create("records", MFD_CLOEXEC);
  ::fcntl(records, F_SETFL, O_APPEND);
  int token[2];
  if (::pipe2(token, O_CLOEXEC) != 0) std::abort();
  if (::write(token[1], test_token.data(), test_token.size()) != static_cast<ssize_t>(test_token.size())) std::abort();
  std::vector<std::string> variables{"PATH=/usr/bin:/bin", "LOCKSTEP_ENGINE=native", "LOCKSTEP_SEED=5"};
  variables.insert(variables.end(), environment.begin(), environment.end());
  const std::string filter = "--gtest_filter=" + test;
  const pid_t child = ::fork();
  if (child == 0) {
    ::personality(ADDR_NO_RANDOMIZE);
    ::dup2(records, 200);
    ::dup2(token[0], 201);
    ::dup2(::open("/dev/null", O_WRONLY), 1);
    ::dup2(1, 2);
    std::vector<char*> envp;
    for (std::string& variable : variables) envp.push_back(variable.data());
    envp.push_back(nullptr);
    ::execle(executable.c_str(), executable.c_str(), filter.c_str(), static_cast<char*>(nullptr), envp.data());
    ::_exit(127);
  }
  Ran ran;
  ::waitpid(child, &ran.status, 0);
  ::close(token[0]);
  ::close(token[1]);
  std::string bytes(static_cast<std::size_t>(::lseek(records, 0, SEEK_END)), '\0');
  if (::pread(records, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) std::abort();
  ::close(records);
  ran.observed = parse_channel(bytes, test_token, 0);
  apply_symbols(ran.observed.tests, symbolise(executable, addresses_to_symbolise(ran.observed.tests)), {"reporting.cpp"});
  EXPECT_LE(ran.observed.tests.size(), 1u);
  EXPECT_EQ(ran.observed.refused, 0u);
  if (!ran.observed.tests.empty()) ran.run = ran.observed.tests[0];
  return ran;
}

void expect_clean(const Ran& ran) {
  EXPECT_EQ(ran.run.outcome, Outcome::passed);
  EXPECT_TRUE(ran.run.sealed);
  EXPECT_TRUE(ran.run.failures.empty() && ran.run.races.empty() && ran.run.reports.empty() && ran.run.fault.empty());
  for (const model::Failure& failure : ran.run.failures) ADD_FAILURE() << failure.message;
  for (const model::Race& race : ran.run.races) ADD_FAILURE() << race.kind << " on " << race.location;
  EXPECT_EQ(ran.status, 0);
}

const std::vector<std::string> engines{SAMPLE_NATIVE, SAMPLE_ASAN, SAMPLE_TSAN, SAMPLE_TSAN_LLVM};
const std::vector<std::string> tsan_engines{SAMPLE_TSAN, SAMPLE_TSAN_LLVM};

TEST(InsidePrograms, ReportTheirOutcomeUnderEveryEngine) {
  for (const std::string& program : engines) {
    SCOPED_TRACE(program);
    expect_clean(run(program, "Outcome.Passes"));
    const Ran fails = run(program, "Outcome.Fails");
    EXPECT_EQ(fails.run.outcome, Outcome::failed);
    EXPECT_TRUE(fails.run.sealed);
    ASSERT_EQ(fails.run.failures.size(), 1u);
    EXPECT_EQ(fails.run.failures[0].file, "./tests/reporting.cpp");
    EXPECT_NE(fails.run.failures[0].message.find("one and one"), std::string::npos);
    EXPECT_EQ(run(program, "Outcome.Skips").run.outcome, Outcome::skipped);
  }
}

TEST(InsidePrograms, TellAStubFromAFailure) {
  for (const char* test : {"Outcome.IsNotWrittenYet", "Outcome.IsNotWrittenYetOnAThread", "Outcome.IsNotWrittenYetInAnExpectation"}) {
    const Ran ran = run(SAMPLE_NATIVE, test);
    EXPECT_EQ(ran.run.outcome, Outcome::not_implemented) << test;
    EXPECT_EQ(ran.run.not_implemented, "push") << test;
  }
  EXPECT_EQ(run(SAMPLE_NATIVE, "Outcome.Throws").run.outcome, Outcome::failed);
}

TEST(InsidePrograms, ThatLeaveEarlyAreNotSealed) {
  for (const char* test : {"Outcome.LeavesByExit", "Outcome.LeavesByUnderscoreExit", "Outcome.LeavesInAStaticDestructor"}) {
    for (const std::string& program : engines) {
      const Ran ran = run(program, test);
      EXPECT_TRUE(ran.observed.began) << test;
      EXPECT_FALSE(ran.run.sealed) << test;
      EXPECT_EQ(ran.status, 0) << test;
    }
  }
}

TEST(InsidePrograms, SayWhyTheyTerminate) {
  const Ran ran = run(SAMPLE_NATIVE, "Outcome.Terminates");
  EXPECT_TRUE(WIFSIGNALED(ran.status) && WTERMSIG(ran.status) == SIGABRT);
  ASSERT_EQ(ran.run.failures.size(), 1u);
  EXPECT_NE(ran.run.failures[0].message.find("thrown in noexcept"), std::string::npos);
}

TEST(InsidePrograms, ANullPointerIsACrashWithItsLine) {
  const Ran ran = run(SAMPLE_ASAN, "Memory.Null");
  EXPECT_FALSE(ran.run.sealed);
  ASSERT_EQ(ran.run.reports.size(), 1u);
  EXPECT_EQ(ran.first_student_place(ran.run.reports[0].stack), "sample::store_through_null()");
}

TEST(InsidePrograms, AForkedChildThatReturnsEndsNothing) {
  const Ran ran = run(SAMPLE_NATIVE, "Outcome.ReturnsInAForkedChild");
  EXPECT_EQ(ran.run.outcome, Outcome::passed);
  EXPECT_TRUE(ran.run.sealed);
}

TEST(InsidePrograms, SplitAMessageThatIsLong) {
  const Ran ran = run(SAMPLE_NATIVE, "Outcome.SaysMuch");
  ASSERT_EQ(ran.run.failures.size(), 1u);
  EXPECT_EQ(ran.run.failures[0].message.size(), 8192u);  // what observe keeps of it
  EXPECT_EQ(ran.run.outcome, Outcome::failed);
}

TEST(InsidePrograms, WithoutAHarnessAreOrdinaryPrograms) {
  const std::string output = output_of(std::string(SAMPLE_NATIVE) + " --gtest_filter=Outcome.Passes:Fixture.ThreadsRunTogether");
  EXPECT_NE(output.find("[  PASSED  ] 2 tests."), std::string::npos);
}

TEST(InsideFixtures, WorkUnderEveryEngine) {
  for (const std::string& program : engines) {
    for (const char* test : {"ThreadsRunTogether", "RethrowsTheFirstByPosition", "SeesAThreadBlockAndFinish", "SeesATimedWaitAsBlocked",
                             "AHolderOffTheProcessorIsWaitedFor", "ASpinningThreadIsNotBlocked"}) {
      SCOPED_TRACE(program + " " + test);
      expect_clean(run(program, std::string("Fixture.") + test));
    }
  }
}

TEST(InsideFixtures, FindAPollingThread) {
  const Ran ran = run(SAMPLE_NATIVE, "Fixture.APollingThreadIsNotIdle");
  EXPECT_EQ(ran.run.outcome, Outcome::failed);
  ASSERT_EQ(ran.run.measurements.size(), 2u);
  EXPECT_EQ(ran.run.measurements[1].name, "idle wake-ups");
  EXPECT_GT(ran.run.measurements[1].value, ran.run.measurements[1].limit);
}

TEST(InsideFixtures, FindAThreadThatSpinsThoughItHardlyGetsAProcessor) {
  const Ran ran = run(SAMPLE_NATIVE, "Fixture.AStarvedSpinnerIsNotIdle");
  EXPECT_EQ(ran.run.outcome, Outcome::failed);
  ASSERT_EQ(ran.run.measurements.size(), 2u);
  EXPECT_EQ(ran.run.measurements[0].name, "idle processor time");
  EXPECT_GT(ran.run.measurements[0].value, ran.run.measurements[0].limit);
}

TEST(InsideAsan, NamesTheStudentsLeakAndNotTheTests) {
  const Ran leak = run(SAMPLE_ASAN, "Memory.Leaks");
  EXPECT_TRUE(leak.run.sealed);
  ASSERT_EQ(leak.run.reports.size(), 1u);
  EXPECT_EQ(leak.run.reports[0].tool, "leak");
  EXPECT_EQ(leak.run.reports[0].kind, "leaked 40 bytes in 1 block");
  EXPECT_EQ(leak.first_student_place(leak.run.reports[0].stack), "sample::leak(unsigned long)");
  expect_clean(run(SAMPLE_ASAN, "Memory.OfTheTestItself"));
}

TEST(InsideAsan, NamesUseAfterFreeAndOverflow) {
  const Ran freed = run(SAMPLE_ASAN, "Memory.UsedAfterFree");
  ASSERT_EQ(freed.run.reports.size(), 1u);
  EXPECT_EQ(freed.run.reports[0].tool, "address");
  EXPECT_EQ(freed.run.reports[0].kind, "heap-use-after-free");
  EXPECT_EQ(freed.first_student_place(freed.run.reports[0].stack), "sample::use_after_free()");
  EXPECT_FALSE(freed.run.sealed);
  const Ran overflow = run(SAMPLE_ASAN, "Number.Overflows");
  ASSERT_EQ(overflow.run.reports.size(), 1u);
  EXPECT_EQ(overflow.run.reports[0].tool, "undefined");
  EXPECT_EQ(overflow.run.reports[0].kind, "signed-integer-overflow");
  EXPECT_EQ(overflow.first_student_place(overflow.run.reports[0].stack), "sample::overflow(int)");
}

// The first of up to ten runs that showed a race: ThreadSanitizer may miss one in a run.
Ran racy_run(const std::string& program, const std::string& test) {
  for (int seed = 1;; ++seed) {
    Ran ran = run(program, test, {"LOCKSTEP_SEED=" + std::to_string(seed)});
    if (!ran.run.races.empty() || seed == 10) return ran;
  }
}

TEST(InsideTsan, NamesBothSidesOfARace) {
  for (const std::string& program : tsan_engines) {
    SCOPED_TRACE(program);
    const Ran ran = racy_run(program, "Race.OnAGlobal");
    ASSERT_FALSE(ran.run.races.empty());
    const model::Race& race = ran.run.races[0];
    EXPECT_EQ(race.kind, "data-race");
    EXPECT_FALSE(race.in_tests);
    EXPECT_EQ(race.location, "global sample::shared_total");
    ASSERT_EQ(race.accesses.size(), 2u);
    for (const model::Access& access : race.accesses) {
      EXPECT_EQ(access.bytes, 8);
      EXPECT_EQ(ran.first_student_place(access.stack), "sample::add_unlocked()");
      EXPECT_TRUE(access.thread.starts_with("thread T")) << access.thread;
      EXPECT_NE(access.thread.find("(created at tests/reporting.cpp:"), std::string::npos) << access.thread;
    }
    EXPECT_TRUE(race.accesses[0].write || race.accesses[1].write);
  }
}

TEST(InsideTsan, SeesARaceBehindARelaxedFlag) {
  for (const std::string& program : tsan_engines) {
    const Ran ran = racy_run(program, "Race.BehindARelaxedFlag");
    ASSERT_FALSE(ran.run.races.empty()) << program;
    EXPECT_EQ(ran.run.races[0].location.substr(0, 7), "global ");
    EXPECT_FALSE(ran.run.races[0].in_tests);
  }
}

TEST(InsideTsan, ARaceOnAProbeIsTheStudentsAndOneOfTheTestsIsNot) {
  for (const std::string& program : tsan_engines) {
    const Ran probe = racy_run(program, "Race.OnAProbe");
    ASSERT_FALSE(probe.run.races.empty()) << program;
    EXPECT_FALSE(probe.run.races[0].in_tests);
    const Ran test = racy_run(program, "Race.OfTheTestItself");
    ASSERT_FALSE(test.run.races.empty()) << program;
    EXPECT_TRUE(test.run.races[0].in_tests);
    const Ran heap = racy_run(program, "Race.OnTheHeap");
    ASSERT_FALSE(heap.run.races.empty()) << program;
    EXPECT_TRUE(heap.run.races[0].location.starts_with("heap block of 40 bytes allocated at ")) << heap.run.races[0].location;
  }
}

TEST(InsideTsan, EveryDelayedSymbolHasItsThunk) {
  for (const std::string& program : tsan_engines) {
    const std::string defined = output_of("nm --defined-only " + program);
    std::ifstream list(DELAYED_SYMBOLS);
    std::string symbol, replacement;
    int count = 0;
    for (; list >> symbol >> replacement; ++count) EXPECT_NE(defined.find(" " + replacement + "\n"), std::string::npos) << replacement;
    EXPECT_GT(count, 90);
  }
}

TEST(InsideTsan, RightProgramsAreSilent) {
  for (const std::string& program : tsan_engines)
    for (const char* test : {"Race.LockedIsNone", "Right.Locks", "Right.ExceptionsAcrossThreads", "Right.Regex", "Right.AtomicSharedPointer"}) {
      SCOPED_TRACE(program + " " + test);
      const Ran ran = run(program, test);
      EXPECT_TRUE(ran.run.sealed && ran.run.races.empty());
      EXPECT_EQ(ran.run.outcome, Outcome::passed);
    }
}

}  // namespace
}  // namespace lockstep::observe
