// Fixtures for tests of fork, pipe and kill: faults that a kernel may produce on any day, produced on this one.
// Process hygiene (zombies, children, descriptors, signal state, a child that returned into the test) is checked after every test by
// itself (harness/inside/procwatch); a test does nothing for it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <set>
#include <string>

namespace lockstep::testkit {

// While it lives, read, write, readv, writev, send and recv calls of the *student's* object on pipes and stream sockets (other than 0, 1 and 2)
// transfer at most `max_chunk` bytes (0: as they like), and every `eintr_every`-th call of read, write, poll, wait and their kin that could
// block fails with EINTR first (0: none; the call after an interrupted one gets through, so 1 means every other). Writes to pipes of at most
// `atomic_below` bytes are left whole: POSIX promises that for PIPE_BUF (pipe(7)), so a smaller value is a fault that no kernel produces.
// Children forked meanwhile keep the settings as they were at their fork; what a child sets is its own.
struct IoFaults {
  std::size_t max_chunk = 0;
  unsigned eintr_every = 0;
  std::size_t atomic_below = 4096;
  // How long each write of the student's object waits before it returns, in children and in threads other than the test's main one, so that
  // others can get between two writes that should have been one.
  std::chrono::milliseconds pause_after_write{0};
};

// Fixtures nest: the destructor restores the settings that were in force before.
class InjectIoFaults {
 public:
  explicit InjectIoFaults(IoFaults faults);
  ~InjectIoFaults();
  InjectIoFaults(const InjectIoFaults&) = delete;
  InjectIoFaults& operator=(const InjectIoFaults&) = delete;

 private:
  IoFaults previous_;
};

// While it lives, the n-th call of fork by the student's object (counting from 1, over all processes of the test) fails with EAGAIN.
class FailForkAt {
 public:
  explicit FailForkAt(int nth);
  ~FailForkAt();
  FailForkAt(const FailForkAt&) = delete;
  FailForkAt& operator=(const FailForkAt&) = delete;
};

std::set<int> open_descriptors();     // of this process, without the harness' own
std::set<pid_t> living_children();    // of this process: running, asleep or stopped, not zombies
bool closes_on_exec(int descriptor);  // FD_CLOEXEC, fcntl(2)

// Runs `body` in a forked child that ends with _exit(0), or, after an exception or a failed expectation in it, with _exit(1). Returns how it
// ended, as waitpid(2) says. Expectations that fail in the child, and exceptions that leave `body`, become failures of this test, here.
int in_child(const std::function<void()>& body);

// A forked child whose state can be asked for, like Worker for threads. Its failed expectations become failures of this test when it is reaped.
class ChildProcess {
 public:
  explicit ChildProcess(const std::function<void()>& body);
  ~ChildProcess();  // kills and reaps it if it was not waited for
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const;
  bool wait_until_blocked();  // true: it sleeps in the kernel and stays there; false: it ended, or spins, or wakes again and again
  int wait();                 // reaps it; status of waitpid(2). Once.

 private:
  struct Failures;  // memory that parent and child share
  void report();

  pid_t pid_ = -1;
  bool reaped_ = false;
  Failures* failures_ = nullptr;
};

}  // namespace lockstep::testkit
