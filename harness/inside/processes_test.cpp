// Every detector of procwatch and every fixture of testkit/processes.hpp, both ways. The channel is replaced by a list that all processes share.
#include "harness/inside/testkit/processes.hpp"

#include <fcntl.h>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/procwatch/procwatch.hpp"
#include "harness/inside/samples/student_processes.hpp"

namespace {

struct Records {
  std::atomic<int> count{0};
  char kind[32][40];
  char detail[32][400];
};

Records& records() {
  static Records* shared = [] {
    void* page = mmap(nullptr, sizeof(Records), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return new (page) Records;
  }();
  return *shared;
}

}  // namespace

void lockstep::channel::emit_hygiene(std::string_view kind, std::string_view detail) {
  const int at = records().count.fetch_add(1);
  if (at >= 32) return;
  std::snprintf(records().kind[at], sizeof records().kind[at], "%.*s", static_cast<int>(kind.size()), kind.data());
  std::snprintf(records().detail[at], sizeof records().detail[at], "%.*s", static_cast<int>(detail.size()), detail.data());
}

namespace {

namespace kit = lockstep::testkit;

// What procwatch reports around `scenario`: kinds in order of their report.
template <class Scenario>
std::vector<std::string> hygiene_of(Scenario scenario) {
  records().count = 0;
  std::fflush(nullptr);
  lockstep::procwatch::before_test();
  scenario();
  lockstep::procwatch::after_test();
  std::vector<std::string> kinds;
  for (int i = 0; i < records().count; ++i) {
    // Outside a box /dev/shm is everybody's: what others put there meanwhile is not ours to judge.
    const bool of_others =
        std::strcmp(records().kind[i], "shared_memory") == 0 && std::strstr(records().detail[i], "lockstep-sample") == nullptr;
    if (!of_others) kinds.emplace_back(records().kind[i]);
  }
  return kinds;
}

std::string first_detail() { return records().count > 0 ? records().detail[0] : ""; }

using Kinds = std::vector<std::string>;

TEST(Procwatch, IsSilentWhenEverythingIsTidy) {
  EXPECT_EQ(hygiene_of([] { sample::copy_through_a_pipe(std::string(100'000, 'x')); }), Kinds{}) << first_detail();
  EXPECT_EQ(hygiene_of([] { sample::copy_through_packets("packet"); }), Kinds{}) << first_detail();
  EXPECT_EQ(hygiene_of([] { sample::catch_and_restore_sigusr1(); }), Kinds{}) << first_detail();
  EXPECT_EQ(hygiene_of([] { sample::stop_a_child(); }), Kinds{}) << first_detail();
}

TEST(Procwatch, JoinedThreadsThatTheKernelStillListsDoNotCount) {
  for (int round = 0; round < 200; ++round) ASSERT_EQ(hygiene_of([] { sample::start_and_join_threads(8); }), Kinds{}) << first_detail();
}

TEST(Procwatch, FindsAZombieAndRemovesIt) {
  EXPECT_EQ(hygiene_of([] { sample::leave_a_zombie(); }), Kinds{"zombie"});
  EXPECT_NE(first_detail().find("with status 3"), std::string::npos) << first_detail();
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
}

TEST(Procwatch, FindsALivingChildAndEndsIt) {
  pid_t child = 0;
  EXPECT_EQ(hygiene_of([&] { child = sample::leave_a_sleeping_child(); }), Kinds{"child"});
  EXPECT_EQ(kill(child, 0), -1);
}

TEST(Procwatch, FindsAnOrphan) {
  pid_t orphan = 0;
  EXPECT_EQ(hygiene_of([&] { orphan = sample::leave_an_orphan(); }), Kinds{"child"});
  EXPECT_EQ(kill(orphan, 0), -1);
}

TEST(Procwatch, FindsALeakedDescriptor) {
  EXPECT_EQ(hygiene_of([] { sample::leave_a_descriptor(); }), Kinds{"descriptor"});
  EXPECT_NE(first_detail().find("an end of a pipe"), std::string::npos) << first_detail();
}

TEST(Procwatch, FindsADescriptorOfTheCallerThatWasClosed) {
  const int own = dup(2);
  EXPECT_EQ(hygiene_of([own] { sample::close_a_descriptor_of_the_caller(own); }), Kinds{"descriptor"});
}

TEST(Procwatch, FindsChangedSignalState) {
  EXPECT_EQ(hygiene_of([] { sample::leave_sigterm_blocked(); }), Kinds{"signal_mask"});
  EXPECT_EQ(hygiene_of([] { sample::leave_sigpipe_ignored(); }), Kinds{"signal_disposition"});
  signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

TEST(Procwatch, FindsSharedMemoryThatWasNotUnlinked) {
  EXPECT_EQ(hygiene_of([] { sample::leave_shared_memory(); }), Kinds{"shared_memory"});
  shm_unlink("/lockstep-sample");
}

TEST(Procwatch, FindsAChildThatReturnedIntoTheTest) {
  const Kinds kinds = hygiene_of([] {
    const pid_t child = sample::return_in_the_child();
    if (child > 0) waitpid(child, nullptr, 0);
  });
  EXPECT_EQ(kinds, Kinds{"returned_child"});
}

TEST(Procwatch, FindsExitInAChildAndPrintsNothingTwice) {
  std::FILE* out = std::tmpfile();
  std::fputs("buffered", out);  // would be written by both
  EXPECT_EQ(hygiene_of([] { sample::exit_in_the_child(); }), Kinds{"returned_child"});
  std::fflush(out);
  EXPECT_EQ(std::ftell(out), 8);
  std::fclose(out);
}

// A child of the student's that ends by exit in code of others is stopped by the handler.
TEST(Procwatch, FindsExitThatIsNotTheStudentsOwnCall) {
  const Kinds kinds = hygiene_of([] {
    const pid_t child = sample::return_in_the_child();
    if (child == 0) std::exit(0);
    waitpid(child, nullptr, 0);
  });
  EXPECT_EQ(kinds, Kinds{"returned_child"});
}

TEST(Procwatch, RefusesSignalsToWhatTheProgramDidNotStart) {
  const pid_t outside = getppid();
  EXPECT_EQ(hygiene_of([&] {
              EXPECT_EQ(sample::kill_returning_errno(-1, SIGTERM), EPERM);
              EXPECT_EQ(sample::kill_returning_errno(0, SIGTERM), EPERM);
              EXPECT_EQ(sample::kill_returning_errno(1, SIGTERM), EPERM);
              EXPECT_EQ(sample::kill_returning_errno(outside, SIGCONT), EPERM);
              EXPECT_EQ(sample::kill_returning_errno(-getpgrp(), SIGTERM), EPERM);
            }),
            Kinds(5, "kill_refused"));
  EXPECT_EQ(first_detail().find("kill(-1, 15)"), 0U) << first_detail();
}

TEST(Procwatch, LetsSignalsToOwnProcessesThrough) {
  EXPECT_EQ(hygiene_of([] {
              kit::ChildProcess child([] { pause(); });
              EXPECT_EQ(sample::kill_returning_errno(child.pid(), 0), 0);
              EXPECT_EQ(setpgid(child.pid(), child.pid()), 0);
              EXPECT_EQ(sample::kill_returning_errno(-child.pid(), SIGTERM), 0);
              EXPECT_EQ(WTERMSIG(child.wait()), SIGTERM);
              EXPECT_EQ(sample::kill_returning_errno(child.pid(), SIGTERM), ESRCH);
            }),
            Kinds{})
      << first_detail();
}

TEST(Procwatch, CostsLittleInATestWithoutProcesses) {
  const int rounds = 200;
  timespec start, end;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
  for (int i = 0; i < rounds; ++i) hygiene_of([] {});
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
  const double ms = (end.tv_sec - start.tv_sec) * 1e3 + (end.tv_nsec - start.tv_nsec) / 1e6;
  RecordProperty("microseconds_per_test", static_cast<int>(ms * 1000 / rounds));
  EXPECT_LT(ms / rounds, 1.0) << "CPU time around one test; 0.3 ms is the aim on a machine of its own";
}

// Living and leaving threads: last, because the thread stays.
TEST(ProcwatchThreads, FindsAThreadThatWasNotJoined) {
  EXPECT_EQ(hygiene_of([] { sample::leave_a_thread(); }), Kinds{"thread"});
}

TEST(IoFaults, ShortTransfersAndInterruptionsDoNotBreakARightProgram) {
  const std::string text(10'000, 'q');
  for (const kit::IoFaults& faults : {kit::IoFaults{.max_chunk = 1, .atomic_below = 0}, kit::IoFaults{.eintr_every = 1},
                                      kit::IoFaults{.max_chunk = 7, .eintr_every = 3, .atomic_below = 0}}) {
    const kit::InjectIoFaults inject(faults);
    EXPECT_EQ(sample::copy_through_a_pipe(text), text);
    EXPECT_EQ(sample::copy_through_packets("packet"), "packet");
    sample::stop_a_child();
  }
}

TEST(IoFaults, ReadsAreAsShortAsAskedAndAsInterrupted) {
  EXPECT_EQ(sample::reads_per_byte(100), 1);
  {
    const kit::InjectIoFaults inject({.max_chunk = 1});
    EXPECT_EQ(sample::reads_per_byte(100), 100);
    const kit::InjectIoFaults inner({.max_chunk = 10, .eintr_every = 1});
    EXPECT_EQ(sample::reads_per_byte(100), 20);
  }
  EXPECT_EQ(sample::reads_per_byte(100), 1);
}

TEST(IoFaults, WritesThatPosixKeepsWholeStayWhole) {
  const kit::InjectIoFaults inject({.max_chunk = 5, .pause_after_write = std::chrono::milliseconds(1)});
  EXPECT_TRUE(sample::two_writers_stay_whole(20));
}

TEST(IoFaults, APauseAfterWritesMixesRecordsWrittenInTwoParts) {
  lockstep::procwatch::before_test();  // from now on it is known who is a child of the test
  const kit::InjectIoFaults inject({.pause_after_write = std::chrono::milliseconds(2)});
  EXPECT_TRUE(sample::writers_of_two_parts_mix(20));
}

TEST(FailForkAt, FailsThatForkAlone) {
  {
    const kit::FailForkAt fail(3);
    EXPECT_EQ(sample::forks_until_failure(5), 2);
    EXPECT_EQ(sample::forks_until_failure(5), 5);
  }
  EXPECT_EQ(sample::forks_until_failure(2), 2);
}

TEST(Processes, OpenDescriptorsAndLivingChildrenAreTold) {
  const Kinds kinds = hygiene_of([] {
    const auto before = kit::open_descriptors();
    EXPECT_TRUE(before.contains(0) && before.contains(1) && before.contains(2));
    int ends[2];
    ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
    EXPECT_TRUE(kit::closes_on_exec(ends[0]));
    EXPECT_EQ(kit::open_descriptors().size(), before.size() + 2);
    close(ends[0]);
    close(ends[1]);
    EXPECT_TRUE(kit::living_children().empty());
    kit::ChildProcess child([] { pause(); });
    EXPECT_EQ(kit::living_children(), std::set<pid_t>{child.pid()});
  });
  EXPECT_EQ(kinds, Kinds{}) << first_detail();
}

TEST(InChild, ToldHowItEnded) {
  EXPECT_EQ(kit::in_child([] {}), 0);
  EXPECT_EQ(WEXITSTATUS(kit::in_child([] { _exit(7); })), 7);
  EXPECT_EQ(WTERMSIG(kit::in_child([] { raise(SIGKILL); })), SIGKILL);
}

TEST(InChild, ItsFailuresBecomeTheParents) {
  int status = 0;
  EXPECT_NONFATAL_FAILURE(status = kit::in_child([] { EXPECT_EQ(1, 2) << "seen in the child"; }), "seen in the child");
  EXPECT_EQ(WEXITSTATUS(status), 1);
  EXPECT_NONFATAL_FAILURE(status = kit::in_child([] { throw std::runtime_error("thrown in the child"); }), "thrown in the child");
  EXPECT_NONFATAL_FAILURE(status = kit::in_child([] {
                            EXPECT_EQ(1, 2) << "before the end";
                            raise(SIGKILL);
                          }),
                          "before the end");
}

TEST(InChild, AGrandchildThatReturnsIsFound) {
  EXPECT_EQ(hygiene_of([] {
              kit::in_child([] {
                const pid_t child = sample::return_in_the_child();
                if (child > 0) waitpid(child, nullptr, 0);
              });
            }),
            Kinds{"returned_child"});
}

TEST(ChildProcess, TellsBlockedFromEndedAndSpinning) {
  kit::ChildProcess blocked([] { pause(); });
  EXPECT_TRUE(blocked.wait_until_blocked());
  kit::ChildProcess ended([] {});
  EXPECT_FALSE(ended.wait_until_blocked());
  EXPECT_EQ(ended.wait(), 0);
  kit::ChildProcess spinning([] {
    for (volatile bool forever = true; forever;) {
    }
  });
  EXPECT_FALSE(spinning.wait_until_blocked());
  kit::ChildProcess polling([] {
    for (;;) usleep(200);
  });
  EXPECT_FALSE(polling.wait_until_blocked());
}

}  // namespace
