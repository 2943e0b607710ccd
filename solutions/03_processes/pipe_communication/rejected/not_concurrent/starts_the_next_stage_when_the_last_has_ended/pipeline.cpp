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

void write_item(int fd, std::int64_t item) {
  while (write(fd, &item, sizeof item) < 0 && errno == EINTR) continue;
}

// The child inherits the items with the rest of the caller's memory, so only the results have to travel.
std::vector<std::int64_t> run_stage(const std::vector<std::int64_t>& items, const Stage& stage, std::size_t number) {
  int ends[2];
  if (pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  const pid_t pid = fork();
  if (pid < 0) {
    const int error = errno;
    close(ends[0]);
    close(ends[1]);
    throw std::system_error(error, std::generic_category(), "fork");
  }
  if (pid == 0) {
    close(ends[0]);
    try {
      for (const std::int64_t item : items) write_item(ends[1], stage(item));
    } catch (...) {
      _exit(1);
    }
    _exit(0);
  }
  close(ends[1]);
  std::vector<std::int64_t> results;
  std::int64_t item;
  while (read_item(ends[0], item)) results.push_back(item);
  close(ends[0]);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  if (status != 0) throw StageFailed(number, "a stage failed");
  return results;
}

}  // namespace

std::vector<std::int64_t> run_pipeline(const std::vector<std::int64_t>& items, const std::vector<Stage>& stages) {
  std::vector<std::int64_t> current = items;
  for (std::size_t s = 0; s < stages.size(); ++s) current = run_stage(current, stages[s], s);
  return current;
}

}  // namespace pdc
