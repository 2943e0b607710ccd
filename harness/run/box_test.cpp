#include "harness/run/box.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "harness/run/box_under_test.hpp"

namespace lockstep::run {
namespace {

int code_of(const std::string& behaviour, const std::string& argument = "") {
  return strongest_runner().run(subject(behaviour, argument)).end.code;
}

bool namespaces() { return level_at_least(strongest_runner().protection_level(), "namespaces"); }

TEST(Box, NothingSurvivesWhateverTheProgramDid) {
  const std::string mark = mark_of_this_test();
  for (const Confinement way : {Confinement::strongest, Confinement::none}) {
    const auto runner = make_process_runner({.slots = 1, .confinement = way});
    EXPECT_EQ(runner->run(subject("leave_daemon", mark)).end.code, 0);
    EXPECT_FALSE(some_process_has(mark));
  }
  Command trusted = subject("leave_daemon", mark);
  trusted.argv[0] = (built_programs() / "run_subject").string();
  trusted.trusted = true;
  EXPECT_EQ(strongest_runner().run(trusted).end.code, 0);
  EXPECT_FALSE(some_process_has(mark));
}

TEST(Box, IsCutOffFromTheNetworkOfTheMachine) {
  if (!namespaces()) GTEST_SKIP() << "this machine has no namespaces; the report says so";
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(listener, 8), 0);
  ASSERT_EQ(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const std::string port = std::to_string(ntohs(address.sin_port));
  EXPECT_EQ(code_of("connect", port), 1);
  Command outside = subject("connect", port);  // that the listener can be reached at all
  outside.argv[0] = (built_programs() / "run_subject").string();
  outside.trusted = true;
  EXPECT_EQ(strongest_runner().run(outside).end.code, 0);
  close(listener);
}

TEST(Box, ShowsWhatIsMountedAndNothingElse) {
  if (!namespaces()) GTEST_SKIP() << "this machine has no namespaces; the report says so";
  EXPECT_EQ(code_of("exists", "/subject/run_subject"), 0);
  EXPECT_EQ(code_of("exists", "/usr/bin/env"), 0);
  for (const std::string& hidden : {std::string("/home"), std::string("/root"), std::string("/etc/shadow"), built_programs().string(),
                                    std::string("/run"), std::string("/var"), std::string("/sys/fs/cgroup")})
    EXPECT_EQ(code_of("exists", hidden), 1) << hidden;
  for (const char* unreadable : {"/proc/1/environ", "/proc/1/mem", "/proc/1/fd/3"}) EXPECT_EQ(code_of("reads", unreadable), 1) << unreadable;
  for (const char* fixed : {"/usr/new", "/new", "/subject/new", "/dev/new", "/etc/new"}) EXPECT_EQ(code_of("writes", fixed), 1) << fixed;
  EXPECT_EQ(code_of("writes", "/tmp/new"), 0);
  EXPECT_EQ(code_of("exists", "/tmp/new"), 1);  // a new /tmp for each
}

TEST(Box, SharedMemoryIsItsOwn) {
  const std::string name = "/lockstep-test-" + std::to_string(getpid());
  EXPECT_EQ(code_of("leave_shared_memory", name), 0);
  EXPECT_EQ(code_of("leave_shared_memory", name), 0);  // the first one is gone
  EXPECT_FALSE(std::filesystem::exists("/dev/shm" + name));
}

TEST(Box, TheFirstProcessCannotBeHarmed) {
  if (!namespaces()) GTEST_SKIP() << "this machine has no namespaces; the report says so";
  EXPECT_EQ(code_of("kill_everybody"), 0);
  EXPECT_EQ(code_of("kill_parent"), 0);
}

TEST(Box, DangerousCallsAreRefused) {
  EXPECT_EQ(code_of("forbidden_call"), 0);
  EXPECT_EQ(code_of("ptrace"), 1);
  Command command = subject("ptrace");
  command.may_ptrace = true;
  EXPECT_EQ(strongest_runner().run(command).end.code, 0);
}

TEST(Box, AWritableFolderTakesFilesAndIsOursAgainAfterwards) {
  const auto folder = std::filesystem::temp_directory_path() / ("lockstep-box-test-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  Command command = subject("writes", "/out/result");
  command.mounts.push_back({folder.string(), "/out", true});
  EXPECT_EQ(strongest_runner().run(command).end.code, 0);
  EXPECT_TRUE(std::filesystem::exists(folder / "result"));
  EXPECT_TRUE(static_cast<bool>(std::ofstream(folder / "ours")));
  std::filesystem::remove_all(folder);
}

TEST(Box, AddressesAreFixedOnRequest) {
  Command command = subject("show_address");
  command.fixed_addresses = true;
  EXPECT_EQ(strongest_runner().run(command).end.out, strongest_runner().run(command).end.out);
}

TEST(Box, DiesWithALockstepThatIsKilled) {
  const std::string mark = mark_of_this_test();
  for (const Confinement way : {Confinement::strongest, Confinement::none}) {
    int up[2];
    ASSERT_EQ(pipe(up), 0);
    const pid_t child = fork();
    if (child == 0) {
      const auto runner = make_process_runner({.slots = 1, .confinement = way});
      Command command = subject("daemon_and_wait", mark);
      std::thread([&] {
        while (!some_process_has(mark)) std::this_thread::yield();
        (void)!write(up[1], "x", 1);
      }).detach();
      runner->run(command);
      _exit(0);
    }
    char byte = 0;
    ASSERT_EQ(read(up[0], &byte, 1), 1);
    EXPECT_TRUE(some_process_has(mark));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (some_process_has(mark) && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    EXPECT_FALSE(some_process_has(mark));
    close(up[0]);
    close(up[1]);
  }
}

}  // namespace
}  // namespace lockstep::run
