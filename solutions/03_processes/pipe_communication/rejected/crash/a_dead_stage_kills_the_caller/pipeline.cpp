#include "pipeline.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

namespace pdc {
namespace {

std::size_t read_bytes(int fd, char* to, std::size_t count) {
  std::size_t done = 0;
  while (done < count) {
    const ssize_t n = read(fd, to + done, count - done);
    if (n == 0) break;
    if (n > 0)
      done += static_cast<std::size_t>(n);
    else if (errno != EINTR)
      _exit(2);
  }
  return done;
}

void child(const Stage& stage, int in, int out) {
  char bytes[sizeof(std::int64_t)];
  while (read_bytes(in, bytes, sizeof bytes) == sizeof bytes) {
    std::int64_t item;
    std::memcpy(&item, bytes, sizeof item);
    try {
      item = stage(item);
    } catch (...) {
      _exit(1);
    }
    while (write(out, &item, sizeof item) < 0)  // at most PIPE_BUF bytes: all of them or none
      if (errno != EINTR) _exit(0);
  }
  _exit(0);
}

}  // namespace

std::vector<std::int64_t> run_pipeline(const std::vector<std::int64_t>& items, const std::vector<Stage>& stages) {
  if (stages.empty()) return items;

  std::vector<std::array<int, 2>> pipes(stages.size() + 1, {-1, -1});
  const auto close_all = [&pipes] {
    for (auto& ends : pipes)
      for (int& fd : ends)
        if (fd >= 0) close(std::exchange(fd, -1));
  };
  std::vector<pid_t> pids;
  const auto reap = [&pids] {
    int failed = -1;
    for (std::size_t s = pids.size(); s-- > 0;) {
      int status = 0;
      while (waitpid(pids[s], &status, 0) < 0 && errno == EINTR) continue;
      const bool reader_gone = WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE;
      if (status != 0 && !reader_gone) failed = static_cast<int>(s);
    }
    return failed;
  };

  bool ready = true;
  for (auto& ends : pipes) ready = ready && pipe2(ends.data(), O_CLOEXEC) == 0;
  for (std::size_t s = 0; ready && s < stages.size(); ++s) {
    const pid_t pid = fork();
    if (pid == 0) {
      const int in = std::exchange(pipes[s][0], -1);
      const int out = std::exchange(pipes[s + 1][1], -1);
      close_all();
      child(stages[s], in, out);
    }
    if (pid < 0)
      ready = false;
    else
      pids.push_back(pid);
  }
  if (!ready) {
    const int error = errno;
    close_all();
    reap();
    throw std::system_error(error, std::generic_category(), "cannot start the pipeline");
  }

  int feed = std::exchange(pipes.front()[1], -1);
  const int collect = std::exchange(pipes.back()[0], -1);
  close_all();
  fcntl(feed, F_SETFL, O_NONBLOCK);
  fcntl(collect, F_SETFL, O_NONBLOCK);

  std::vector<std::int64_t> results;
  std::size_t next = 0;
  char bytes[sizeof(std::int64_t)];
  std::size_t filled = 0;
  for (bool open = true; open;) {
    if (feed >= 0 && next == items.size()) close(std::exchange(feed, -1));
    pollfd fds[2] = {{collect, POLLIN, 0}, {feed, POLLOUT, 0}};
    if (poll(fds, 2, -1) < 0) continue;
    while (feed >= 0 && next < items.size()) {
      const ssize_t n = write(feed, &items[next], sizeof items[next]);
      if (n > 0)
        ++next;
      else if (errno == EAGAIN)
        break;
      else if (errno != EINTR)
        close(std::exchange(feed, -1));
    }
    for (;;) {
      const ssize_t n = read(collect, bytes + filled, sizeof bytes - filled);
      if (n < 0 && errno == EINTR) continue;
      if (n == 0) open = false;
      if (n <= 0) break;
      filled += static_cast<std::size_t>(n);
      if (filled < sizeof bytes) continue;
      std::int64_t item;
      std::memcpy(&item, bytes, sizeof item);
      results.push_back(item);
      filled = 0;
    }
  }
  if (feed >= 0) close(feed);
  close(collect);
  const int failed = reap();
  if (failed >= 0) throw StageFailed(static_cast<std::size_t>(failed), "stage " + std::to_string(failed));
  return results;
}

}  // namespace pdc
