// Theory of operation. The process that begins a test is the *test process*; everything that the test forks descends from it, and because it is
// a subreaper, orphans fall to it and not to PID 1. After the test, waitid(2) therefore knows of every process that was left: ECHILD says
// that there is none (one system call, the usual case). A child that leaves the exercise's function instead of ending itself runs on in the
// test's own code and arrives here with another process id: it reports that and ends at once, so that nothing is printed or run twice. A
// child that ends by exit(3) would flush what it inherited in its buffers and run handlers of the parent: it is stopped in our own handler,
// which was registered last and so runs first.
//
// No state is awaited for a guessed time: a thread that has been joined is known by the kernel's mark on it (process_table.hpp), and children
// are killed and then waited for.
#include "harness/inside/procwatch/procwatch.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/procwatch/process_table.hpp"
#include "harness/inside/procwatch/snapshot.hpp"
#include "harness/inside/testkit/test_watch.hpp"
#include "harness/inside/testkit/under_tsan.hpp"

// Nothing, unless the program is linked with an MPI library.
extern "C" __attribute__((weak)) int PMPI_Initialized(int*);

namespace lockstep::procwatch {
namespace {

constinit pid_t process = 0;  // that began the test; 0 before the first one
bool students_child = false;
Snapshot before;
std::set<int> from_the_start;

constexpr std::size_t most_named = 4;  // of the processes that were left; the rest are counted

bool under_mpi() { return PMPI_Initialized != nullptr; }

std::string in_words(const ProcessEntry& child) {
  std::string state = "running";
  if (child.state == 'S' || child.state == 'D') state = "asleep";
  if (child.state == 'T' || child.state == 't') state = "stopped";
  return "process " + std::to_string(child.pid) + " (" + child.name + ") was left " + state + ": it was neither ended nor waited for";
}

// One child that has ended and was not waited for; 0: there is none, -1: there are no children at all.
pid_t next_zombie(siginfo_t& info) {
  info.si_pid = 0;
  while (::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | __WALL) != 0)
    if (errno != EINTR) return -1;
  return info.si_pid;
}

std::string ending_of(const siginfo_t& info) {
  return info.si_code == CLD_EXITED ? "with status " + std::to_string(info.si_status) : "by signal " + std::to_string(info.si_status);
}

// Kills what still runs until no child is left. Its children become ours when it dies, so the loop ends with the last descendant.
void end_children() {
  for (;;) {
    for (const ProcessEntry& entry : read_processes())
      if (entry.parent == process && !entry.exiting()) ::kill(entry.pid, SIGKILL);
    if (::waitpid(-1, nullptr, __WALL) < 0 && errno == ECHILD) return;
  }
}

void report_children() {
  siginfo_t info{};
  std::string first;
  int zombies = 0;
  pid_t zombie = next_zombie(info);
  for (; zombie > 0; zombie = next_zombie(info))
    if (++zombies == 1) first = "process " + std::to_string(zombie) + ", which had ended " + ending_of(info) + ", was never waited for";
  if (zombies > 1) first += "; nor were " + std::to_string(zombies - 1) + " more";
  if (zombies > 0) channel::emit_hygiene("zombie", first);
  if (zombie < 0) return;
  std::vector<ProcessEntry> left;
  for (const ProcessEntry& entry : read_processes())
    if (entry.parent == process) left.push_back(entry);
  for (std::size_t i = 0; i < left.size() && i < most_named; ++i) channel::emit_hygiene("child", in_words(left[i]));
  if (left.size() > most_named) channel::emit_hygiene("child", std::to_string(left.size() - most_named) + " more processes were left");
  end_children();
}

void at_exit(int status, void*) {
  if (students_child) refuse_exit_in_child(status);
}

void begin_first_test() {
#ifdef LOCKSTEP_UNDER_TSAN
  std::thread([] {}).join();  // ThreadSanitizer starts its own background thread with the first thread of a program
#endif
  for (const auto& [descriptor, target] : read_descriptors())
    if (descriptor > 2) from_the_start.insert(descriptor);
  ::on_exit(at_exit, nullptr);
}

const testkit::TestWatch watch{{.before = [](const char*) { before_test(); }, .after = [](const char*) { after_test(); }}};

}  // namespace

void before_test() {
  static const bool first = (begin_first_test(), true);
  (void)first;
  process = ::getpid();
  students_child = false;
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  before = take_snapshot(under_mpi());
}

void after_test() {
  if (::getpid() != process) {
    channel::emit_hygiene("returned_child", "a child process returned into the test instead of ending itself with _exit");
    ::_exit(EXIT_FAILURE);
  }
  report_children();
  for (const Finding& finding : differences(before, take_snapshot(under_mpi()))) channel::emit_hygiene(finding.kind, finding.detail);
}

pid_t test_process() { return process != 0 ? process : ::getpid(); }

void mark_students_child() { students_child = true; }

void refuse_exit_in_child(int status) {
  if (::getpid() == test_process()) return;
  channel::emit_hygiene(
      "returned_child",
      "a child process ended with exit, which prints the parent's buffered output again and runs its handlers; a child ends with _exit");
  ::_exit(status);
}

const std::set<int>& harness_descriptors() { return from_the_start; }

}  // namespace lockstep::procwatch
