#include "harness/inside/testkit/processes.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>

#include "harness/inside/procwatch/io_faults.hpp"
#include "harness/inside/procwatch/process_table.hpp"
#include "harness/inside/procwatch/procwatch.hpp"
#include "harness/inside/procwatch/snapshot.hpp"

namespace lockstep::testkit {

InjectIoFaults::InjectIoFaults(IoFaults faults) : previous_(procwatch::io_faults()) { procwatch::set_io_faults(faults); }
InjectIoFaults::~InjectIoFaults() { procwatch::set_io_faults(previous_); }

FailForkAt::FailForkAt(int nth) { procwatch::set_failing_fork(nth); }
FailForkAt::~FailForkAt() { procwatch::set_failing_fork(0); }

std::set<int> open_descriptors() {
  std::set<int> open;
  for (const auto& [descriptor, target] : procwatch::read_descriptors())
    if (!procwatch::harness_descriptors().contains(descriptor)) open.insert(descriptor);
  return open;
}

std::set<pid_t> living_children() {
  std::set<pid_t> living;
  siginfo_t info{};
  if (::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT | __WALL) != 0 && errno == ECHILD) return living;
  for (const procwatch::ProcessEntry& entry : procwatch::read_processes())
    if (entry.parent == ::getpid() && !entry.exiting()) living.insert(entry.pid);
  return living;
}

bool closes_on_exec(int descriptor) {
  const int flags = ::fcntl(descriptor, F_GETFD);
  if (flags < 0) throw std::system_error(errno, std::generic_category(), "descriptor " + std::to_string(descriptor));
  return (flags & FD_CLOEXEC) != 0;
}

int in_child(const std::function<void()>& body) { return ChildProcess(body).wait(); }

}  // namespace lockstep::testkit
