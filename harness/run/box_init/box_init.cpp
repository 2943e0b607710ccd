// The first process of a box. Static, so that it needs nothing of the file system it stands in.
//
// Theory of operation. lockstep starts this program, usually inside bubblewrap as PID 1 of a new process namespace, with a control
// socket and a plan. It gives up its rights, becomes unreadable for the program it will start (PR_SET_DUMPABLE), says `ready` and waits
// for `go`: in between, lockstep puts it into a control group. Then it forks the program and waits for one of two things: the program
// ends, or the control socket speaks (`stop`) or closes (lockstep died). In either case it kills everything that is left, waits until
// nothing is, and reports. It never waits for an end of file and has no timer: time is lockstep's business, outside.
//
// Without a process namespace it makes itself the reaper of orphans instead: whatever double-forks comes back to it, and is killed.
// With a user of its own it can kill by user; without one, it kills its children until it has none, which takes their orphans too.
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "harness/run/box_init/roles.hpp"
#include "harness/run/box_init/wire.hpp"

namespace {

using namespace lockstep::run::wire;

struct Plan {
  PlanHeader header;
  sock_fprog filter{};
  const char* workdir = nullptr;
  const char* fifo_folder = nullptr;
  std::vector<char*> argv;
  std::vector<char*> env;
};

void send_message(const Message& message) { (void)!send(control_fd, &message, sizeof message, MSG_NOSIGNAL); }

[[noreturn]] void give_up(const char* step, int error = errno) {
  Message message{.kind = Kind::failed, .value = error};
  std::snprintf(message.step, sizeof message.step, "%s", step);
  send_message(message);
  _exit(1);
}

Plan read_plan() {
  struct stat info {};
  if (fstat(plan_fd, &info) != 0) give_up("plan");
  void* memory = mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ | PROT_WRITE, MAP_PRIVATE, plan_fd, 0);
  if (memory == MAP_FAILED) give_up("plan");
  char* at = static_cast<char*>(memory);
  Plan plan;
  std::memcpy(&plan.header, at, sizeof plan.header);
  if (plan.header.magic != plan_magic) give_up("plan", EPROTO);
  at += sizeof plan.header;
  plan.filter.filter = reinterpret_cast<sock_filter*>(at);
  plan.filter.len = static_cast<unsigned short>(plan.header.filter_bytes / sizeof(sock_filter));
  at += plan.header.filter_bytes;
  const auto next = [&at] {
    char* text = at;
    at += std::strlen(at) + 1;
    return text;
  };
  plan.workdir = next();
  plan.fifo_folder = next();
  for (std::uint32_t i = 0; i < plan.header.argument_count; ++i) plan.argv.push_back(next());
  for (std::uint32_t i = 0; i < plan.header.environment_count; ++i) plan.env.push_back(next());
  plan.argv.push_back(nullptr);
  plan.env.push_back(nullptr);
  close(plan_fd);
  return plan;
}

void limit(__rlimit_resource resource, rlim_t value) {
  rlimit now{};
  getrlimit(resource, &now);
  if (now.rlim_max != RLIM_INFINITY && value > now.rlim_max) value = now.rlim_max;  // never above what we were given
  now = {value, value};
  if (setrlimit(resource, &now) != 0) give_up("setrlimit");
}

void apply_limits(const PlanHeader& header) {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, 1024);
  limit(RLIMIT_FSIZE, header.file_bytes);
  limit(RLIMIT_MEMLOCK, 64 << 10);
  limit(RLIMIT_MSGQUEUE, 800 << 10);
  limit(RLIMIT_RTPRIO, 0);
  limit(RLIMIT_NICE, 0);
  limit(RLIMIT_CPU, header.cpu_seconds);
  if (header.tasks > 0) limit(RLIMIT_NPROC, static_cast<rlim_t>(header.tasks));
}

void drop_rights(const PlanHeader& header) {
  if (header.uid != 0) {
    if (syscall(SYS_setgroups, 0, nullptr) != 0) give_up("setgroups");
    if (syscall(SYS_setresgid, header.uid, header.uid, header.uid) != 0) give_up("setresgid");
    if (syscall(SYS_setresuid, header.uid, header.uid, header.uid) != 0) give_up("setresuid");
  }
  // As PID 1 we take everybody with us, so we may die at once (the change of user cleared what bubblewrap had asked for). Elsewhere we must
  // outlive lockstep for a moment: the control socket tells us of its end, and then we kill the others.
  if (prctl(PR_SET_PDEATHSIG, getpid() == 1 ? SIGKILL : 0) != 0) give_up("PR_SET_PDEATHSIG");
  if (prctl(PR_SET_DUMPABLE, 0) != 0) give_up("PR_SET_DUMPABLE");
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) give_up("PR_SET_NO_NEW_PRIVS");
}

[[noreturn]] void become_program(const Plan& plan, int failure_pipe) {
  const auto fail = [failure_pipe](const char* step) {
    Message message{.kind = Kind::failed, .value = errno};
    std::snprintf(message.step, sizeof message.step, "%s", step);
    (void)!write(failure_pipe, &message, sizeof message);
    _exit(127);
  };
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setsid();  // so that kill(0, ...) does not reach us
  umask(022);
  for (int number = 1; number < NSIG; ++number) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  // EPERM under Docker's default filter; a ThreadSanitizer that then cannot start says so itself.
  if (plan.header.flags & fixed_addresses) personality(ADDR_NO_RANDOMIZE);
  if (chdir(plan.workdir) != 0) fail("chdir");
  const unsigned keep = plan.header.flags & has_channel ? channel_fd : ~0u;
  syscall(SYS_close_range, 3u, keep == ~0u ? ~0u : keep - 1, 4u);  // 4: CLOSE_RANGE_CLOEXEC
  if (keep != ~0u) syscall(SYS_close_range, static_cast<unsigned>(token_fd) + 1, ~0u, 4u);
  if (plan.filter.len > 0 && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &plan.filter) != 0) fail("seccomp");
  execve(plan.argv[0], plan.argv.data(), plan.env.data());
  fail("exec");
  _exit(127);
}

// Returns once no process of the box but this one exists. `program` gets its wait status if it was still to be waited for.
void end_everybody(pid_t program, int& status, bool own_everyone) {
  for (;;) {
    if (own_everyone) {
      kill(-1, SIGKILL);
    } else {
      char path[64];
      std::snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
      if (FILE* children = std::fopen(path, "re")) {
        int child = 0;
        while (std::fscanf(children, "%d", &child) == 1) kill(child, SIGKILL);
        std::fclose(children);
      }
    }
    bool reaped = false;
    for (;;) {
      int ended = 0;
      const pid_t pid = waitpid(-1, &ended, reaped ? WNOHANG : 0);  // at least one must come: all were killed
      if (pid < 0 && errno == ECHILD) return;
      if (pid <= 0) break;
      if (pid == program) status = ended;
      reaped = true;
    }
  }
}

int supervise(const Plan& plan) {
  sigset_t blocked;
  sigfillset(&blocked);
  sigprocmask(SIG_SETMASK, &blocked, nullptr);
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  const int children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
  int failure[2];
  if (children < 0 || pipe2(failure, O_CLOEXEC) != 0) give_up("pipe");

  const pid_t program = fork();
  if (program < 0) give_up("fork");
  if (program == 0) become_program(plan, failure[1]);
  close(failure[1]);
  if (plan.header.flags & has_channel) close(channel_fd), close(token_fd);
  Message message;
  if (read(failure[0], &message, sizeof message) == sizeof message) {
    send_message(message);
    return 1;
  }
  close(failure[0]);

  int status = 0;
  bool stop = false, ended = false;
  pollfd watched[] = {{children, POLLIN, 0}, {control_fd, POLLIN, 0}};
  while (!stop && !ended) {
    if (poll(watched, 2, -1) < 0) continue;
    if (watched[1].revents != 0) stop = true;
    signalfd_siginfo info;
    while (read(children, &info, sizeof info) > 0) {
    }
    int reaped = 0;
    for (pid_t pid = 0; (pid = waitpid(-1, &reaped, WNOHANG)) > 0;)
      if (pid == program) status = reaped, ended = true;
  }
  int killed = status;
  end_everybody(program, killed, plan.header.flags & own_everyone);
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  const auto micros = [](const timeval& time) {
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000u + static_cast<std::uint64_t>(time.tv_usec);
  };
  send_message({.kind = Kind::ended, .value = ended ? status : -1, .cpu_us = micros(usage.ru_utime) + micros(usage.ru_stime)});
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 3 && std::strcmp(argv[1], "--rank") == 0) return lockstep::run::become_rank(argv[2], argv + 3);
  if (argc > 1 && std::strcmp(argv[1], "--probe") == 0) return lockstep::run::probe_box();

  const Plan plan = read_plan();
  fcntl(control_fd, F_SETFD, FD_CLOEXEC);
  const std::uint32_t flags = plan.header.flags;
  if (getpid() != 1 && prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) give_up("PR_SET_CHILD_SUBREAPER");
  drop_rights(plan.header);
  if (flags & rank_fifos) {
    const std::string folder = plan.fifo_folder;
    if (mkfifo((folder + "/channel").c_str(), 0600) != 0 || mkfifo((folder + "/token").c_str(), 0600) != 0) give_up("mkfifo");
  }
  apply_limits(plan.header);
  send_message({.kind = Kind::ready});
  char order = 0;
  if (recv(control_fd, &order, 1, 0) != 1 || order != static_cast<char>(Order::go)) return 1;
  return supervise(plan);
}
