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
  std::size_t done = 0;
  while (done < sizeof item) {
    const ssize_t n = read(fd, at + done, sizeof item - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

bool write_item(int fd, std::int64_t item) {
  ssize_t n;
  do n = write(fd, &item, sizeof item);
  while (n < 0 && errno == EINTR);
  return n == static_cast<ssize_t>(sizeof item);
}

void stage_main(const Stage& stage, int in, int out) {
  std::int64_t item;
  try {
    while (read_item(in, item))
      if (!write_item(out, stage(item))) break;
  } catch (...) {
    _exit(1);
  }
  _exit(0);
}

}  // namespace

std::vector<std::int64_t> run_pipeline(const std::vector<std::int64_t>& items, const std::vector<Stage>& stages) {
  if (stages.empty()) return items;
  const auto sigpipe = signal(SIGPIPE, SIG_IGN);

  std::vector<std::array<int, 2>> pipes(stages.size() + 1);
  for (auto& ends : pipes)
    if (pipe(ends.data()) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  const auto close_except = [&pipes](int in, int out) {
    for (const auto& ends : pipes)
      for (const int fd : ends)
        if (fd != in && fd != out) close(fd);
  };

  // One more child than stages: it feeds the first pipe.
  std::vector<pid_t> pids;
  int error = 0;
  for (std::size_t s = 0; s <= stages.size() && error == 0; ++s) {
    const pid_t pid = fork();
    if (pid == 0 && s < stages.size()) {
      close_except(pipes[s][0], pipes[s + 1][1]);
      stage_main(stages[s], pipes[s][0], pipes[s + 1][1]);
    }
    if (pid == 0) {
      close_except(pipes[0][1], -1);
      for (const std::int64_t item : items)
        if (!write_item(pipes[0][1], item)) break;
      _exit(0);
    }
    if (pid < 0)
      error = errno;
    else
      pids.push_back(pid);
  }
  const int collect = pipes.back()[0];
  close_except(collect, -1);

  std::vector<std::int64_t> results;
  std::int64_t item;
  while (error == 0 && read_item(collect, item)) results.push_back(item);
  close(collect);

  std::optional<std::size_t> failed;
  if (error == 0) {
    int status = 0;
    while (waitpid(pids[stages.size() - 1], &status, 0) < 0 && errno == EINTR) continue;
    if (status != 0) failed = stages.size() - 1;
  }
  signal(SIGPIPE, sigpipe);
  if (error != 0) throw std::system_error(error, std::generic_category(), "fork");
  if (failed) throw StageFailed(*failed, "a stage failed");
  return results;
}

}  // namespace pdc
