// What fork, wait, kill and exit of the student's object are replaced by (redirect.syms).
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/procwatch/io_faults.hpp"
#include "harness/inside/procwatch/process_table.hpp"
#include "harness/inside/procwatch/procwatch.hpp"

namespace {

using lockstep::procwatch::descends_from;
using lockstep::procwatch::interrupted;
using lockstep::procwatch::test_process;

// Whether every process of `group` is a descendant of the test process. Its own group never is: the test and the harness are in it.
bool group_is_the_students(pid_t group) {
  for (const auto& entry : lockstep::procwatch::read_processes())
    if (entry.group == group && (entry.pid == test_process() || !descends_from(entry.pid, test_process()))) return false;
  return true;
}

// The target of kill(2) may be the test process, a process that descends from it, or a group of descendants. A signal 0 to one process only
// asks.
bool may_signal(pid_t target, int signal) {
  if (target > 1 && signal == 0) return true;
  if (target > 1) return !lockstep::procwatch::read_process(target) || descends_from(target, test_process());  // gone: kill(2) says so itself
  if (target == 1 || target == -1) return false;
  return group_is_the_students(target == 0 ? ::getpgrp() : -target);
}

int refuse(const std::string& call) {
  lockstep::channel::emit_hygiene("kill_refused", call + " would have reached processes that this program did not start");
  errno = EPERM;
  return -1;
}

std::string words(const char* call, long target, int signal) {
  return std::string(call) + "(" + std::to_string(target) + ", " + std::to_string(signal) + ")";
}

}  // namespace

extern "C" {

pid_t lockstep_fork() {
  if (lockstep::procwatch::fork_fails()) {
    errno = EAGAIN;
    return -1;
  }
  const pid_t child = ::fork();
  if (child == 0) lockstep::procwatch::mark_students_child();
  return child;
}

// POSIX lets vfork be fork. The list names each replacement once only (objcopy(1)).
pid_t lockstep_vfork() { return lockstep_fork(); }
pid_t lockstep_bare_fork() { return lockstep_fork(); }

pid_t lockstep_wait4(pid_t pid, int* status, int options, rusage* usage) {
  if ((options & WNOHANG) == 0 && interrupted()) return -1;
  return ::wait4(pid, status, options, usage);
}

pid_t lockstep_wait3(int* status, int options, rusage* usage) { return lockstep_wait4(-1, status, options, usage); }
pid_t lockstep_waitpid(pid_t pid, int* status, int options) { return lockstep_wait4(pid, status, options, nullptr); }
pid_t lockstep_wait(int* status) { return lockstep_wait4(-1, status, 0, nullptr); }

int lockstep_waitid(idtype_t type, id_t id, siginfo_t* info, int options) {
  if ((options & WNOHANG) == 0 && interrupted()) return -1;
  return ::waitid(type, id, info, options);
}

int lockstep_kill(pid_t target, int signal) {
  return may_signal(target, signal) ? ::kill(target, signal) : refuse(words("kill", target, signal));
}

int lockstep_killpg(pid_t group, int signal) {
  const bool allowed = group != 1 && may_signal(-group, signal);
  return allowed ? ::killpg(group, signal) : refuse(words("killpg", group, signal));
}

int lockstep_sigqueue(pid_t target, int signal, const sigval value) {
  return may_signal(target, signal) ? ::sigqueue(target, signal, value) : refuse(words("sigqueue", target, signal));
}

int lockstep_tgkill(pid_t target, pid_t thread, int signal) {
  return may_signal(target, signal) ? ::tgkill(target, thread, signal) : refuse(words("tgkill", target, signal));
}

[[noreturn]] void lockstep_exit(int status) {
  lockstep::procwatch::refuse_exit_in_child(status);
  std::exit(status);
}

}  // extern "C"
