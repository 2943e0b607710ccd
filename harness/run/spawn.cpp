// Boost.Process lives here and nowhere else. Of it we use the launcher with an initialiser of our own; waiting is done with pidfds by the
// supervision, because it must watch many things at once and must never wait for an end of file.
//
// (posix::bind_fd is not used: in Boost 1.81 its on_setup lacks a return statement, and it has no answer to a target number that is also
// the source of another descriptor.)
#include "harness/run/spawn.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/process/v2/posix/default_launcher.hpp>
#include <boost/process/v2/process.hpp>
#include <cerrno>

#include "harness/model/fault.hpp"

namespace lockstep::run {

namespace {

namespace process = boost::process::v2;
using boost::system::error_code;

struct Preparation {
  const std::vector<Inherited>& descriptors;
  pid_t parent;

  template <class Launcher, class... Rest>
  error_code on_setup(Launcher& launcher, Rest&&...) const {
    for (const Inherited& one : descriptors) launcher.fd_whitelist.push_back(one.target);
    return {};
  }

  // In the child, between fork and exec: async-signal-safe calls only.
  template <class Launcher, class... Rest>
  error_code on_exec_setup(Launcher&, Rest&&...) const {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent) return failure();
    setsid();  // Ctrl-C on our terminal is for us to handle
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    int high[16];
    std::size_t count = 0;
    for (const Inherited& one : descriptors)  // first out of the way of every target
      if ((high[count++] = fcntl(one.source, F_DUPFD_CLOEXEC, 300)) < 0) return failure();
    count = 0;
    for (const Inherited& one : descriptors)
      if (dup2(high[count++], one.target) < 0) return failure();
    return {};
  }

 private:
  static error_code failure() { return {errno, boost::system::system_category()}; }
};

}  // namespace

pid_t spawn(const Spawn& what) {
  if (what.descriptors.size() > 16) throw model::Fault("spawn: too many descriptors");
  boost::asio::io_context context;
  process::posix::default_launcher launcher;
  const char* const no_environment[] = {nullptr};
  launcher.env = no_environment;
  error_code error;
  auto child = launcher(context.get_executor(), error, what.executable, what.arguments, Preparation{what.descriptors, getpid()});
  if (error) throw model::Fault("cannot start " + what.executable + ": " + error.message());
  const pid_t pid = child.id();
  child.detach();
  return pid;
}

}  // namespace lockstep::run
