// Fixtures for tests of fork, pipe and kill: faults that a kernel may produce on any day, produced on this one.
// Process hygiene (zombies, children, descriptors, signal state, a child that returned into the test) is checked after every test by
// itself (harness/inside/procwatch); a test does nothing for it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <set>
#include <string>

#include <sys/types.h>

namespace lockstep::testkit {

// While it lives, read, write, readv, writev, send and recv calls of the *student's* object on pipes and sockets transfer at most `max_chunk` bytes
// (0: as they like), and every `eintr_every`-th call of read, write, poll, wait and their kin fails with EINTR first (0: none). Inherited by
// children. Writes of at most `atomic_below` bytes are left whole, as PIPE_BUF promises (POSIX write(2)).
struct IoFaults {
  std::size_t max_chunk = 0;
  unsigned eintr_every = 0;
  std::size_t atomic_below = 0;
  // Called after every write of the student's object in a child or a thread, before it returns to it; it may wait. Not inherited settings: none.
  std::chrono::milliseconds pause_after_write{0};
};
class InjectIoFaults {
 public:
  explicit InjectIoFaults(IoFaults faults);
  ~InjectIoFaults();
  InjectIoFaults(const InjectIoFaults&) = delete;
  InjectIoFaults& operator=(const InjectIoFaults&) = delete;
};

// While it lives, the n-th call of fork by the student's object (counting from 1) fails with EAGAIN.
class FailForkAt {
 public:
  explicit FailForkAt(int nth);
  ~FailForkAt();
  FailForkAt(const FailForkAt&) = delete;
  FailForkAt& operator=(const FailForkAt&) = delete;
};

std::set<int> open_descriptors();        // of this process, without the harness' own
std::set<pid_t> living_children();       // running or stopped, not zombies
bool closes_on_exec(int descriptor);     // FD_CLOEXEC, fcntl(2)

// Runs `body` in a forked child that ends with _exit(0) or, after an exception or a failed expectation in it, non-zero. Returns how it ended,
// as waitpid(2) says. Expectations that fail in the child are reported as failures of this test.
int in_child(const std::function<void()>& body);

// A forked child whose state can be asked for, like Worker for threads.
class ChildProcess {
 public:
  explicit ChildProcess(const std::function<void()>& body);
  ~ChildProcess();  // kills and reaps it if it still runs
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const;
  bool wait_until_blocked();  // false: it ended, or spins
  int wait();                 // reaps it; status of waitpid(2)

 private:
  pid_t pid_ = -1;
  bool reaped_ = false;
};

}  // namespace lockstep::testkit
