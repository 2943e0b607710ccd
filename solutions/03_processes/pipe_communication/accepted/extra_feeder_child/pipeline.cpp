// Every process has one thing to do: an extra child feeds, the caller collects. Calls may then simply block.
#include "pipeline.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>

namespace pdc {
namespace {

bool read_item(int fd, std::int64_t& item) {
  char* at = reinterpret_cast<char*>(&item);
  std::size_t missing = sizeof item;
  while (missing > 0) {
    const ssize_t n = read(fd, at, missing);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    at += n;
    missing -= static_cast<std::size_t>(n);
  }
  return true;
}

bool write_item(int fd, std::int64_t item) {
  const char* at = reinterpret_cast<const char*>(&item);
  std::size_t missing = sizeof item;
  while (missing > 0) {
    const ssize_t n = write(fd, at, missing);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;  // EPIPE: nobody reads any more
    at += n;
    missing -= static_cast<std::size_t>(n);
  }
  return true;
}

[[noreturn]] void feed(const std::vector<std::int64_t>& items, int out) {
  for (const std::int64_t item : items)
    if (!write_item(out, item)) break;
  _exit(0);
}

[[noreturn]] void work(const Stage& stage, int in, int out) {
  try {
    std::int64_t item;
    while (read_item(in, item))
      if (!write_item(out, stage(item))) break;
  } catch (...) {
    _exit(1);
  }
  _exit(0);
}

int reap(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  return status;
}

}  // namespace

std::vector<std::int64_t> run_pipeline(const std::vector<std::int64_t>& items, const std::vector<Stage>& stages) {
  if (stages.empty()) return items;

  std::vector<pid_t> pids;  // [0] is the feeder, [s + 1] stage s
  int in = -1;              // read end of the newest pipe
  const char* failed_call = nullptr;
  int error = 0;
  for (std::size_t process = 0; process <= stages.size() && failed_call == nullptr; ++process) {
    int next[2];
    if (pipe(next) != 0) {
      failed_call = "pipe";
      error = errno;
      break;
    }
    const pid_t pid = fork();
    if (pid == 0) {
      close(next[0]);
      signal(SIGPIPE, SIG_IGN);
      if (process == 0) feed(items, next[1]);
      work(stages[process - 1], in, next[1]);
    }
    if (pid < 0) {
      failed_call = "fork";
      error = errno;
    } else {
      pids.push_back(pid);
    }
    close(next[1]);
    if (in >= 0) close(in);
    in = next[0];
  }

  std::vector<std::int64_t> results;
  std::int64_t item;
  if (failed_call == nullptr)
    while (read_item(in, item)) results.push_back(item);
  if (in >= 0) close(in);

  std::optional<std::size_t> failed;
  for (std::size_t process = 0; process < pids.size(); ++process)
    if (reap(pids[process]) != 0 && process > 0 && !failed) failed = process - 1;
  if (failed_call != nullptr) throw std::system_error(error, std::generic_category(), failed_call);
  if (failed) throw StageFailed(*failed, "stage failed");
  return results;
}

}  // namespace pdc
