// The caller never has more items under way than one pipe can hold, so writing a chunk cannot block for ever: it writes one, then takes
// results, with poll telling which is possible.
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

constexpr std::size_t width = sizeof(std::int64_t);

// The number of bytes read: fewer than `count` only at the end of the input.
std::size_t read_fully(int fd, void* to, std::size_t count) {
  std::size_t done = 0;
  while (done < count) {
    const ssize_t n = read(fd, static_cast<char*>(to) + done, count - done);
    if (n == 0 || (n < 0 && errno != EINTR)) break;
    if (n > 0) done += static_cast<std::size_t>(n);
  }
  return done;
}

bool write_fully(int fd, const void* from, std::size_t count) {
  std::size_t done = 0;
  while (done < count) {
    const ssize_t n = write(fd, static_cast<const char*>(from) + done, count - done);
    if (n < 0 && errno != EINTR) return false;
    if (n > 0) done += static_cast<std::size_t>(n);
  }
  return true;
}

int stage_main(const Stage& stage, int in, int out) noexcept {
  std::int64_t item = 0;
  while (read_fully(in, &item, width) == width) {
    try {
      item = stage(item);
    } catch (...) {
      return 1;
    }
    if (!write_fully(out, &item, width)) return 0;
  }
  return 0;
}

struct Pipeline {
  int feed = -1, collect = -1;
  std::vector<pid_t> pids;
  struct sigaction sigpipe = {};

  Pipeline() {
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, &sigpipe);
  }
  ~Pipeline() {
    finish();
    sigaction(SIGPIPE, &sigpipe, nullptr);
  }
  void stop_feeding() {
    if (feed >= 0) close(std::exchange(feed, -1));
  }
  int finish() {
    stop_feeding();
    if (collect >= 0) close(std::exchange(collect, -1));
    int failed = -1;
    for (std::size_t s = 0; s < pids.size(); ++s) {
      int status = 0;
      while (waitpid(pids[s], &status, 0) < 0 && errno == EINTR) continue;
      if (status != 0 && failed < 0) failed = static_cast<int>(s);
    }
    pids.clear();
    return failed;
  }
};

}  // namespace

std::vector<std::int64_t> run_pipeline(const std::vector<std::int64_t>& items, const std::vector<Stage>& stages) {
  if (stages.empty()) return items;
  Pipeline line;
  const auto check = [](int result, const char* what) {
    if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  };
  int ends[2];
  check(pipe(ends), "pipe");
  line.collect = ends[0];
  line.feed = ends[1];
  for (const Stage& stage : stages) {
    check(pipe(ends), "pipe");
    const pid_t pid = fork();
    if (pid == 0) {
      close(line.feed);
      close(ends[0]);
      _exit(stage_main(stage, line.collect, ends[1]));
    }
    const int error = errno;
    close(ends[1]);
    close(std::exchange(line.collect, ends[0]));
    errno = error;
    check(pid, "fork");
    line.pids.push_back(pid);
  }

  // Half of what the first pipe holds may be under way: that much always fits, wherever in the pipeline it waits.
  const int capacity = fcntl(line.feed, F_GETPIPE_SZ);
  check(capacity, "F_GETPIPE_SZ");
  const std::size_t window = static_cast<std::size_t>(capacity) / 2 / width;
  std::vector<std::int64_t> results;
  std::size_t fed = 0;
  while (line.feed >= 0 && results.size() < items.size()) {
    const std::size_t chunk = std::min(window - (fed - results.size()), items.size() - fed);
    if (chunk > 0 && !write_fully(line.feed, items.data() + fed, chunk * width)) break;
    fed += chunk;
    if (fed == items.size()) break;
    // Take what is there, at least one item.
    pollfd ready{line.collect, POLLIN, 0};
    int more = 0;
    do {
      std::int64_t item;
      if (read_fully(line.collect, &item, width) != width) {
        line.stop_feeding();
        break;
      }
      results.push_back(item);
      more = poll(&ready, 1, 0);
    } while (results.size() < fed && more > 0);
  }
  line.stop_feeding();
  std::int64_t item;
  while (read_fully(line.collect, &item, width) == width) results.push_back(item);
  if (const int failed = line.finish(); failed >= 0) throw StageFailed(static_cast<std::size_t>(failed), "a stage failed");
  return results;
}

}  // namespace pdc
