#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <future>

#include "harness/model/fault.hpp"
#include "harness/run/box_under_test.hpp"

namespace lockstep::run {
namespace {

TEST(SandboxRunner, ReturnsWhatCameThroughTheChannelAndTheKeyOfTheRun) {
  for (const Confinement way : {Confinement::strongest, Confinement::none}) {
    const auto runner = make_process_runner({.slots = 1, .confinement = way});
    Command command = subject("token_to_channel");
    command.channel = true;
    const Ended first = runner->run(command), second = runner->run(command);
    EXPECT_EQ(first.end.code, 0);
    EXPECT_EQ(first.token.size(), 16u);
    EXPECT_EQ(first.channel, first.token + "facts");
    EXPECT_NE(first.token, second.token);
  }
}

TEST(SandboxRunner, TwoSlotsRunAtTheSameTime) {
  const auto folder = std::filesystem::temp_directory_path() / ("lockstep-fifo-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  ASSERT_EQ(mkfifo((folder / "meet").c_str(), 0666), 0);
  chmod((folder / "meet").c_str(), 0666);
  const auto start = [&](const char* end) {
    Command command = subject("waits_at_fifo", std::string("/meet/meet") + end);
    command.mounts.push_back({folder.string(), "/meet"});
    return std::async(std::launch::async, [command] { return strongest_runner().run(command); });
  };
  auto reader = start("<"), writer = start(">");  // each waits for the other one
  EXPECT_EQ(reader.get().end.code, 0);
  EXPECT_EQ(writer.get().end.code, 0);
  std::filesystem::remove_all(folder);
}

TEST(SandboxRunner, CancellingEndsWhatRunsAndWhatIsStillToCome) {
  const auto runner = make_process_runner({.slots = 1});
  const std::string mark = mark_of_this_test();
  auto running = std::async(std::launch::async, [&] { return runner->run(subject("sleep_for_ever", mark)); });
  while (!some_process_has(mark)) std::this_thread::yield();
  runner->cancel_all();
  EXPECT_EQ(running.get().end.cut, model::Cut::cancelled);
  EXPECT_EQ(runner->run(subject("sleep_for_ever")).end.cut, model::Cut::cancelled);
}

TEST(SandboxRunner, AProgramThatCannotBeStartedIsOurFault) {
  Command command = subject("exit", "0");
  command.argv[0] = "/subject/no_such_program";
  EXPECT_THROW(strongest_runner().run(command), model::Fault);
  command.mounts = {{"/no/such/folder", "/work"}};
  EXPECT_THROW(strongest_runner().run(command), model::Fault);
  EXPECT_EQ(strongest_runner().run(subject("exit", "0")).end.code, 0);  // and the slot is free again
}

TEST(SandboxRunner, RanksShareAWorldAndEachHasTheChannel) {
  for (const Confinement way : {Confinement::strongest, Confinement::none}) {
    const auto runner = make_process_runner({.slots = 1, .confinement = way});
    Command command = subject("");
    command.argv = {"/subject/run_ranks"};
    command.ranks = 4;
    const Ended ended = runner->run(command);
    EXPECT_EQ(ended.end.code, 0) << ended.end.err;
    for (int rank = 0; rank < 4; ++rank)
      EXPECT_NE(ended.channel.find("rank " + std::to_string(rank) + " of 4 sum 6\n"), std::string::npos) << ended.end.err;
  }
}

TEST(SandboxRunner, TheExitStatusOfARankIsSeenAndAHangOfRanksLeavesNothing) {
  Command command = subject("");
  command.argv = {"/subject/run_ranks", "one_exits"};
  command.ranks = 3;
  EXPECT_EQ(strongest_runner().run(command).end.code, 7);
  command.argv = {"/subject/run_ranks", "one_hangs", mark_of_this_test()};
  command.limits.wall = std::chrono::milliseconds(1500);
  const Ended ended = strongest_runner().run(command);
  EXPECT_EQ(ended.end.how, model::How::cut);
  EXPECT_FALSE(some_process_has(mark_of_this_test()));
  for (const auto& entry : std::filesystem::directory_iterator("/dev/shm"))  // Open MPI's names hold the host's: "box" inside
    EXPECT_EQ(entry.path().filename().string().find("vader_segment.box."), std::string::npos);
}

TEST(SandboxRunner, StatesWhatIsInForceAndRefusesBelowWhatIsRequired) {
  EXPECT_FALSE(strongest_runner().protections().empty());
  EXPECT_TRUE(level_at_least(strongest_runner().protection_level(), "limits"));
  const auto weak = make_process_runner({.slots = 1, .confinement = Confinement::none});
  EXPECT_FALSE(level_at_least(weak->protection_level(), "namespaces"));
  EXPECT_THROW(make_process_runner({.slots = 1, .require = "full", .confinement = Confinement::none}), model::UsageError);
  EXPECT_THROW(make_process_runner({.slots = 1, .require = "perfect"}), model::UsageError);
}

// In a process of its own: limits cannot be given back.
TEST(SandboxRunner, FewOpenFilesAreEnoughOrSaidToBeTooFew) {
  const pid_t child = fork();
  if (child == 0) {
    const rlimit few{64, geteuid() == 0 ? rlim_t{64} : rlim_t{4096}};
    setrlimit(RLIMIT_NOFILE, &few);
    bool well = false;
    try {
      well = make_process_runner({.slots = 1})->run(subject("exit", "0")).end.code == 0;
    } catch (const model::UsageError& error) {
      well = std::string(error.what()).find("ulimit -n") != std::string::npos;
    } catch (...) {
    }
    _exit(well ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST(SandboxRunner, LevelsAreOrdered) {
  EXPECT_TRUE(level_at_least("full", "none"));
  EXPECT_TRUE(level_at_least("namespaces", "namespaces"));
  EXPECT_FALSE(level_at_least("limits", "processes"));
  EXPECT_FALSE(level_at_least("none", "perfect"));
}

}  // namespace
}  // namespace lockstep::run
