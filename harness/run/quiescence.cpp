// Theory of operation. A task that sleeps in a system call without a time limit runs again only if somebody wakes it. If every task of the
// box sleeps so, nobody is left inside who could; and nobody outside could either if none of the sleepers waits for something that has an
// end outside. That is a proof, not a timeout, but it is read from a moving picture, so it is taken slowly and in two steps:
//
// 1. Looks. At least `looks_needed` of them, over at least `still_for`, find the same tasks, each in the same call with the same arguments
//    and the same count of context switches, none runnable, in uninterruptible sleep, with a deliverable signal or a timer.
// 2. The world is stopped (ptrace) and everything is checked again on a picture that cannot move: the tasks are still the same and complete,
//    no alarm is set (alarm(2) shows nowhere in /proc, so each process is made to ask getitimer(2)), and no socket has a time limit.
//
// What was proven is killed where it stands. Whatever is not understood ends the attempt: then the limits on CPU and wall time decide, which
// accuse nobody of a deadlock. Ranks of MPI poll and are never asleep; their hangs are proven elsewhere.
#include "harness/run/quiescence.hpp"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "harness/run/descriptor.hpp"
#include "harness/run/stopped_world.hpp"

namespace lockstep::run {

namespace {

constexpr int looks_needed = 5;
constexpr auto still_for = std::chrono::milliseconds(100);

std::string link_target(const std::string& path) {
  char text[512];
  const ssize_t length = readlink(path.c_str(), text, sizeof text);
  return length > 0 ? std::string(text, static_cast<std::size_t>(length)) : "";
}

std::string descriptor_path(pid_t process, int descriptor) { return "/proc/" + std::to_string(process) + "/fd/" + std::to_string(descriptor); }

std::uint64_t number_after(const std::string& text, const std::string& key, int base) {
  const auto at = text.find("\n" + key + ":");
  return at == std::string::npos ? 0 : std::strtoull(text.c_str() + at + key.size() + 2, nullptr, base);
}

// The number in "pipe:[4711]", or 0.
ino_t inode_in(const std::string& target, std::string_view kind) {
  return target.starts_with(std::string(kind) + ":[") ? std::strtoull(target.c_str() + kind.size() + 2, nullptr, 10) : 0;
}

bool is_unix_socket(pid_t process, ino_t inode) {
  return read_text("/proc/" + std::to_string(process) + "/net/unix").find(" " + std::to_string(inode)) != std::string::npos;
}

bool is_fifo(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 && S_ISFIFO(info.st_mode);
}

// The C library's own sleep would be a time limit of the program; only a sanitizer's runtime, linked in or loaded, calls the kernel itself.
bool called_by_runtime(pid_t process, std::uint64_t instruction) {
  const auto module = module_at(process, instruction);
  return module && module->path.find("/libc.so") == std::string::npos && module->path.find("/libc-") == std::string::npos;
}

}  // namespace

std::vector<model::StuckTask> describe_tasks(pid_t init) {
  std::vector<SleepingTask> tasks;
  for (const Process& process : processes_below(init))
    for (const pid_t task : process.tasks) {
      const auto call = parse_syscall_line(read_text(proc_path(process.pid, task, "syscall")));
      SleepingTask found{.process = process.pid, .task = task};
      if (const auto wait = call ? decode_wait(*call) : std::nullopt) {
        found.wait = *wait;
      } else {
        found.may_go_on = true;
        found.wait.words = call ? "a sleep, or a wait with a time limit" : "nothing: it computes";
        found.background = call && is_raw_nanosleep(*call) && task != process.pid && called_by_runtime(process.pid, call->instruction);
      }
      tasks.push_back(found);
    }
  return StoppedWorld(tasks).describe();
}

std::optional<SleepingTask> Quiescence::examine(const Process& process, pid_t task, std::string& signature) const {
  const std::string line = read_text(proc_path(process.pid, task, "syscall"));
  const std::string status = read_text(proc_path(process.pid, task, "status"));
  const auto state_at = status.find("\nState:\t");
  if (state_at == std::string::npos) return std::nullopt;
  const char state = status[state_at + 8];
  SleepingTask found{.process = process.pid, .task = task};
  if (state == 'T') {
    found.stopped = true;
    found.wait = {WaitsFor::signal, -1, "stopped by a signal"};
    signature += std::to_string(task) + " stopped\n";
    return found;
  }
  const auto call = parse_syscall_line(line);
  if (state != 'S' || !call) return std::nullopt;
  const auto first_created = std::ranges::min_element(process.tasks, {}, [&](pid_t id) { return id == process.pid ? INT32_MAX : id; });
  if (is_raw_nanosleep(*call) && task == *first_created && task != process.pid && called_by_runtime(process.pid, call->instruction)) {
    found.background = true;
    return found;
  }
  const auto wait = decode_wait(*call);
  const std::uint64_t blocked = number_after(status, "SigBlk", 16);
  if (!wait || ((number_after(status, "SigPnd", 16) | number_after(status, "ShdPnd", 16)) & ~blocked) != 0) return std::nullopt;
  found.wait = *wait;
  signature += std::to_string(task) + " " + std::to_string(number_after(status, "voluntary_ctxt_switches", 10)) + " " +
               std::to_string(number_after(status, "nonvoluntary_ctxt_switches", 10)) + " " + line;
  return found;
}

std::optional<Quiescence::Snapshot> Quiescence::take() const {
  Snapshot snapshot;
  for (const Process& process : processes_below(init_))
    for (const pid_t task : process.tasks) {
      const std::string status = read_text(proc_path(process.pid, task, "stat"));
      const auto name_end = status.rfind(')');
      if (name_end != std::string::npos && (status[name_end + 2] == 'Z' || status[name_end + 2] == 'X')) continue;  // wakes nobody any more
      const auto found = examine(process, task, snapshot.signature);
      if (!found) return std::nullopt;
      snapshot.tasks.push_back(*found);
    }
  const bool somebody = std::ranges::any_of(snapshot.tasks, [](const SleepingTask& task) { return !task.background; });
  return somebody ? std::optional(std::move(snapshot)) : std::nullopt;
}

bool Quiescence::can_only_be_woken_from_inside(const SleepingTask& task) const {
  const std::string path = descriptor_path(task.process, task.wait.descriptor);
  if (task.wait.what == WaitsFor::lock) {  // a lock on a file that other boxes see too may be held by them
    struct stat file {
    }, temporary{};
    const std::string root = "/proc/" + std::to_string(init_) + "/root";
    if (stat(path.c_str(), &file) != 0) return false;
    for (const char* folder : {"/tmp", "/dev/shm"})
      if (struct stat outer{}; stat((root + folder).c_str(), &temporary) == 0 && stat(folder, &outer) == 0 && file.st_dev == temporary.st_dev &&
                               outer.st_dev != temporary.st_dev)
        return true;
    return false;
  }
  if (task.wait.what != WaitsFor::descriptor) return true;
  const std::string target = link_target(path);
  if (const ino_t pipe = inode_in(target, "pipe")) return !outside_.contains(pipe);
  if (const ino_t socket = inode_in(target, "socket"))
    return is_unix_socket(task.process, socket) && !has_time_limit(task.process, task.wait.descriptor);
  return target == "anon_inode:[eventfd]" || target == "anon_inode:[signalfd]" || is_fifo(path);
}

// What can wake somebody although every task sleeps: timers, and descriptors that become ready by themselves.
bool Quiescence::box_has_no_other_wakers(const std::vector<SleepingTask>& tasks) const {
  const bool polling = std::ranges::any_of(tasks, [](const SleepingTask& task) { return task.wait.what == WaitsFor::descriptors; });
  std::set<pid_t> processes;
  for (const SleepingTask& task : tasks) processes.insert(task.process);
  for (const pid_t process : processes) {
    const std::string timers = "/proc/" + std::to_string(process) + "/timers";
    if (access(timers.c_str(), R_OK) != 0 || !read_text(timers).empty()) return false;
    if (!polling) continue;
    const std::string folder = "/proc/" + std::to_string(process) + "/fd";
    DIR* all = opendir(folder.c_str());
    if (all == nullptr) return false;
    bool harmless = true;
    while (const dirent* entry = readdir(all)) {
      if (entry->d_name[0] == '.') continue;
      const std::string path = folder + "/" + entry->d_name, target = link_target(path);
      struct stat info {};
      const bool file = stat(path.c_str(), &info) == 0 && (S_ISREG(info.st_mode) || S_ISDIR(info.st_mode) || S_ISFIFO(info.st_mode));
      const ino_t socket = inode_in(target, "socket");
      harmless = harmless && (file || target == "/dev/null" || target == "anon_inode:[eventfd]" || target == "anon_inode:[signalfd]" ||
                              target == "anon_inode:[eventpoll]" || (socket != 0 && is_unix_socket(process, socket)));
    }
    closedir(all);
    if (!harmless) return false;
  }
  return true;
}

std::optional<std::vector<model::StuckTask>> Quiescence::look() {
  auto snapshot = take();
  if (!snapshot) {
    looks_ = 0;
    return std::nullopt;
  }
  const auto now = Clock::now();
  if (looks_ == 0 || snapshot->signature != signature_) {
    signature_ = std::move(snapshot->signature);
    since_ = now;
    looks_ = 1;
    return std::nullopt;
  }
  if (++looks_ < looks_needed || now - since_ < still_for) return std::nullopt;
  auto stuck = confirm(*snapshot);
  if (!stuck) looks_ = -10 * looks_needed;  // stopping the world disturbs; not again soon
  return stuck;
}

std::optional<std::vector<model::StuckTask>> Quiescence::confirm(const Snapshot& snapshot) const {
  if (!std::ranges::all_of(snapshot.tasks, [this](const SleepingTask& task) { return can_only_be_woken_from_inside(task); }) ||
      !box_has_no_other_wakers(snapshot.tasks))
    return std::nullopt;
  StoppedWorld world(snapshot.tasks);
  if (!world.stopped() || world.has_alarm()) return std::nullopt;

  // Complete? The looks used a list that may miss a sibling of a process that is just ending; now nobody moves.
  std::set<pid_t> known;
  for (const SleepingTask& task : snapshot.tasks) known.insert(task.process);
  for (const pid_t pid : all_processes_below(init_)) {
    const std::string stat = read_text("/proc/" + std::to_string(pid) + "/stat");
    const auto name_end = stat.rfind(')');
    const bool dead = name_end != std::string::npos && stat[name_end + 2] == 'Z';
    if (!dead && !known.contains(pid)) return std::nullopt;
  }
  std::size_t tasks = 0;
  for (const Process& process : processes_below(init_))
    for (const pid_t task : process.tasks) tasks += read_text(proc_path(process.pid, task, "stat")).find(") Z") == std::string::npos ? 1 : 0;
  if (tasks != snapshot.tasks.size()) return std::nullopt;
  auto stuck = world.describe();
  world.kill();  // not released first: a write to a full pipe, once interrupted, returns, and its task would go on
  return stuck;
}

}  // namespace lockstep::run
