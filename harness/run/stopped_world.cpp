#include "harness/run/stopped_world.hpp"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <map>
#include <set>

#include "harness/run/descriptor.hpp"
#include "harness/run/quiescence.hpp"
#include "harness/run/stack_reader.hpp"

namespace lockstep::run {

namespace {

constexpr auto patience = std::chrono::milliseconds(200);

// Waits for the next stop of a traced task; -1 if it does not come.
int wait_for_stop(pid_t task) {
  const auto until = std::chrono::steady_clock::now() + patience;
  for (int status = 0;;) {
    const pid_t got = waitpid(task, &status, __WALL | WNOHANG);
    if (got == task) return WIFSTOPPED(status) ? status : -1;
    if ((got < 0 && errno != EINTR) || std::chrono::steady_clock::now() > until) return -1;
    usleep(50);
  }
}

// Lets a stopped task perform getitimer(ITIMER_REAL) with its own system call instruction, then puts everything back. A call that is not
// restarted after a stop (epoll_wait, semop, ...) would be seen to fail with EINTR, which is why all else has been checked before.
std::optional<bool> alarm_is_set(pid_t task) {
  user_regs_struct saved{};
  if (ptrace(PTRACE_GETREGS, task, nullptr, &saved) != 0) return std::nullopt;
  errno = 0;
  const long code = ptrace(PTRACE_PEEKTEXT, task, saved.rip - 2, nullptr);
  if (errno != 0 || (code & 0xffff) != 0x050f) return std::nullopt;  // 0f 05: syscall
  user_regs_struct asking = saved;
  const unsigned long long answer = (saved.rsp - 1024) & ~15ull;  // below the red zone, where nothing lives
  asking.rip = saved.rip - 2;
  asking.rax = SYS_getitimer;
  asking.orig_rax = static_cast<unsigned long long>(-1);  // not to be taken for a call to restart
  asking.rdi = ITIMER_REAL;
  asking.rsi = answer;
  if (ptrace(PTRACE_SETREGS, task, nullptr, &asking) != 0) return std::nullopt;
  std::optional<bool> result;
  if (ptrace(PTRACE_SINGLESTEP, task, nullptr, nullptr) == 0 && wait_for_stop(task) >= 0) {
    user_regs_struct now{};
    if (ptrace(PTRACE_GETREGS, task, nullptr, &now) == 0 && now.rax == 0 && now.rip == saved.rip) {
      errno = 0;
      const long seconds = ptrace(PTRACE_PEEKDATA, task, answer + offsetof(itimerval, it_value.tv_sec), nullptr);
      const long micros = ptrace(PTRACE_PEEKDATA, task, answer + offsetof(itimerval, it_value.tv_usec), nullptr);
      if (errno == 0) result = seconds != 0 || micros != 0;
    }
  }
  ptrace(PTRACE_SETREGS, task, nullptr, &saved);
  return result;
}

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

pid_t number_inside(pid_t process) {
  const std::string status = read_text("/proc/" + std::to_string(process) + "/status");
  const auto line = status.find("\nNSpid:");
  const auto last = line == std::string::npos ? line : status.find_last_of("\t ", status.find('\n', line + 1) - 1);
  return last == std::string::npos ? process : std::atoi(status.c_str() + last + 1);
}

}  // namespace

StoppedWorld::StoppedWorld(const std::vector<SleepingTask>& tasks) : tasks_(tasks) {
  for (const SleepingTask& task : tasks)
    if (ptrace(PTRACE_SEIZE, task.task, nullptr, nullptr) == 0) held_.push_back({&task});
  stopped_ = held_.size() == tasks.size();
  for (const Held& held : held_) stopped_ = ptrace(PTRACE_INTERRUPT, held.task->task, nullptr, nullptr) == 0 && stopped_;
  for (Held& held : held_) {
    const int status = wait_for_stop(held.task->task);
    const bool ours = status >= 0 && (status >> 16) == PTRACE_EVENT_STOP;
    if (status >= 0 && !ours) held.signal = WSTOPSIG(status);
    stopped_ = stopped_ && ours;
  }
}

StoppedWorld::~StoppedWorld() {
  for (const Held& held : held_) ptrace(PTRACE_DETACH, held.task->task, nullptr, held.signal);
}

void StoppedWorld::kill() {
  for (const Held& held : held_) ::kill(held.task->process, SIGKILL);
  // The dead are reported to us before their parents see them; the first thread of a process after all others.
  const auto reap = [this](bool leaders) {
    for (const Held& held : held_)
      if ((held.task->task == held.task->process) == leaders)
        for (int status = 0; waitpid(held.task->task, &status, __WALL) == held.task->task && WIFSTOPPED(status);) {
        }
  };
  reap(false);
  reap(true);
  held_.clear();
}

bool StoppedWorld::has_alarm() const {
  std::map<pid_t, std::optional<bool>> answers;
  for (const SleepingTask& task : tasks_) {
    if (task.stopped) continue;  // its alarm would not wake it
    auto& answer = answers[task.process];
    if (!answer) answer = alarm_is_set(task.task);
  }
  return std::ranges::any_of(answers, [](const auto& entry) { return entry.second.value_or(true); });
}

std::vector<model::StuckTask> StoppedWorld::describe() const {
  std::vector<model::StuckTask> stuck;
  std::set<pid_t> processes;
  for (const SleepingTask& task : tasks_) processes.insert(task.process);
  std::map<pid_t, int> threads;
  for (const SleepingTask& task : tasks_) {
    if (task.background) continue;
    model::StuckTask entry;
    const bool main = task.task == task.process;
    entry.task = main ? "main thread" : "thread " + std::to_string(++threads[task.process]);
    const std::string name = trimmed(read_text(proc_path(task.process, task.task, "comm")));
    if (!main && name != trimmed(read_text(proc_path(task.process, task.process, "comm")))) entry.task += " (" + name + ")";
    if (processes.size() > 1) entry.task = "process " + std::to_string(number_inside(task.process)) + ", " + entry.task;
    entry.waits_in = task.wait.words;
    entry.may_go_on = task.may_go_on;
    if (task.wait.what == WaitsFor::descriptor) {
      char target[256];
      const std::string path = "/proc/" + std::to_string(task.process) + "/fd/" + std::to_string(task.wait.descriptor);
      const ssize_t length = readlink(path.c_str(), target, sizeof target);
      const std::string_view kind(target, length > 0 ? static_cast<std::size_t>(length) : 0);
      const char* object = kind.starts_with("pipe:")     ? " a pipe"
                           : kind.starts_with("socket:") ? " a socket"
                           : kind.starts_with("/")       ? " a FIFO"
                                                         : "";
      const bool outwards = task.wait.words == "write" || task.wait.words == "send";
      if (*object != '\0')
        entry.waits_in += std::string(outwards ? " to" : task.wait.words == "accept" || task.wait.words == "connect" ? " on" : " from") + object;
      entry.waits_in += " (descriptor " + std::to_string(task.wait.descriptor) + ")";
    }
    user_regs_struct registers{};
    if (ptrace(PTRACE_GETREGS, task.task, nullptr, &registers) == 0)
      entry.stack = read_stack(task.process, registers.rip, registers.rsp, registers.rbp);
    stuck.push_back(std::move(entry));
  }
  return stuck;
}

std::optional<Module> module_at(pid_t process, std::uint64_t address) {
  for (const MappedFile& file : read_mappings(process))
    if (address >= file.start && address < file.end && !file.path.empty()) return Module{file.path, file.base};
  return std::nullopt;
}

bool has_time_limit(pid_t process, int descriptor) {
  const Descriptor watch(static_cast<int>(syscall(SYS_pidfd_open, process, 0)));
  const Descriptor copy(watch ? static_cast<int>(syscall(SYS_pidfd_getfd, watch.get(), descriptor, 0)) : -1);
  if (!copy) return true;
  for (const int option : {SO_RCVTIMEO, SO_SNDTIMEO}) {
    timeval limit{};
    socklen_t size = sizeof limit;
    if (getsockopt(copy.get(), SOL_SOCKET, option, &limit, &size) != 0 || limit.tv_sec != 0 || limit.tv_usec != 0) return true;
  }
  return false;
}

}  // namespace lockstep::run
