#include "harness/inside/samples/student_processes.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

namespace sample {
namespace {

void write_all(int to, const char* data, std::size_t length) {
  while (length > 0) {
    const ssize_t done = write(to, data, length);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) std::abort();
    data += done;
    length -= static_cast<std::size_t>(done);
  }
}

bool read_all(int from, char* data, std::size_t length) {
  while (length > 0) {
    const ssize_t done = read(from, data, length);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    data += done;
    length -= static_cast<std::size_t>(done);
  }
  return true;
}

void reap(pid_t child) {
  while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
}

pid_t sleeper() {
  const pid_t child = fork();
  if (child == 0)
    for (;;) pause();
  return child;
}

// Two children write records of one letter each; true if every record that the parent reads is of one letter.
bool records_stay_whole(int rounds, std::size_t first_part) {
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  pid_t children[2];
  for (int which = 0; which < 2; ++which) {
    children[which] = fork();
    if (children[which] != 0) continue;
    const std::string record(64, which == 0 ? 'a' : 'b');
    for (int round = 0; round < rounds; ++round) {
      if (first_part > 0) write_all(ends[1], record.data(), first_part);
      write_all(ends[1], record.data() + first_part, record.size() - first_part);
    }
    _exit(0);
  }
  close(ends[1]);
  bool whole = true;
  char record[64];
  while (read_all(ends[0], record, sizeof record))
    for (const char letter : record) whole = whole && letter == record[0];
  close(ends[0]);
  for (const pid_t child : children) reap(child);
  return whole;
}

}  // namespace

std::string copy_through_a_pipe(const std::string& text) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    write_all(ends[1], text.data(), text.size());
    _exit(0);
  }
  close(ends[1]);
  std::string copy(text.size(), '\0');
  if (!read_all(ends[0], copy.data(), copy.size())) copy.clear();
  close(ends[0]);
  reap(child);
  return copy;
}

std::string copy_through_packets(const std::string& text) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    while (send(ends[1], text.data(), text.size(), MSG_NOSIGNAL) < 0 && errno == EINTR) {
    }
    _exit(0);
  }
  std::string copy(text.size(), '\0');
  ssize_t length = 0;
  while ((length = recv(ends[0], copy.data(), copy.size(), 0)) < 0 && errno == EINTR) {
  }
  copy.resize(static_cast<std::size_t>(length));
  close(ends[0]);
  close(ends[1]);
  reap(child);
  return copy;
}

void start_and_join_threads(int count) {
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) threads.emplace_back([] {});
  for (std::thread& thread : threads) thread.join();
}

void catch_and_restore_sigusr1() {
  struct sigaction ours {
  }, before{};
  ours.sa_handler = [](int) {};
  sigaction(SIGUSR1, &ours, &before);
  raise(SIGUSR1);
  sigaction(SIGUSR1, &before, nullptr);
}

void stop_a_child() {
  const pid_t child = sleeper();
  if (kill(child, SIGTERM) != 0) std::abort();
  reap(child);
}

bool two_writers_stay_whole(int rounds) { return records_stay_whole(rounds, 0); }
bool writers_of_two_parts_mix(int rounds) { return !records_stay_whole(rounds, 8); }

int forks_until_failure(int most) {
  for (int done = 0; done < most; ++done) {
    const pid_t child = fork();
    if (child < 0) return errno == EAGAIN ? done : -1;
    if (child == 0) _exit(0);
    reap(child);
  }
  return most;
}

int reads_per_byte(std::size_t length) {
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  const std::string data(length, 'x');
  write_all(ends[1], data.data(), data.size());
  close(ends[1]);
  std::string read_back(length, '\0');
  int reads = 0;
  for (std::size_t at = 0; at < length; ++reads) {
    const ssize_t done = read(ends[0], read_back.data() + at, length - at);
    if (done > 0)
      at += static_cast<std::size_t>(done);
    else if (errno != EINTR)
      std::abort();
  }
  close(ends[0]);
  return reads;
}

void leave_a_zombie() {
  const pid_t child = fork();
  if (child == 0) _exit(3);
  siginfo_t info;  // it has ended, and is left in the table
  waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT);
}

pid_t leave_a_sleeping_child() { return sleeper(); }

pid_t leave_an_orphan() {
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    const pid_t grandchild = sleeper();
    write_all(ends[1], reinterpret_cast<const char*>(&grandchild), sizeof grandchild);
    _exit(0);
  }
  pid_t grandchild = -1;
  read_all(ends[0], reinterpret_cast<char*>(&grandchild), sizeof grandchild);
  close(ends[0]);
  close(ends[1]);
  reap(child);
  return grandchild;
}

void leave_a_descriptor() {
  int ends[2];
  if (pipe(ends) == 0) close(ends[0]);
}

void close_a_descriptor_of_the_caller(int descriptor) { close(descriptor); }

void leave_sigterm_blocked() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigprocmask(SIG_BLOCK, &set, nullptr);
}

void leave_sigpipe_ignored() { signal(SIGPIPE, SIG_IGN); }

void leave_a_thread() {
  std::thread([] { pause(); }).detach();
}

void leave_shared_memory() { close(shm_open("/lockstep-sample", O_CREAT | O_RDWR, 0600)); }

pid_t return_in_the_child() { return fork(); }

void exit_in_the_child() {
  const pid_t child = fork();
  if (child == 0) std::exit(0);
  reap(child);
}

int kill_returning_errno(pid_t target, int signal) { return kill(target, signal) == 0 ? 0 : errno; }

}  // namespace sample
