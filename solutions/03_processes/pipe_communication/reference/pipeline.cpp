// One child per stage; the caller feeds the first pipe and drains the last one in a single poll loop.
#include "pipeline.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

namespace pdc {
namespace {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    other.reset();
    return *this;
  }
  ~Descriptor() { reset(); }

  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }
  void reset() {
    if (fd_ >= 0) close(std::exchange(fd_, -1));
  }

 private:
  int fd_ = -1;
};

struct Pipe {
  Descriptor read_end, write_end;
};

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe2");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

// A write to a pipe without readers must return EPIPE instead of killing us. Children inherit this.
class IgnoreSigpipe {
 public:
  IgnoreSigpipe() {
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, &before_);
  }
  ~IgnoreSigpipe() { sigaction(SIGPIPE, &before_, nullptr); }
  IgnoreSigpipe(const IgnoreSigpipe&) = delete;
  IgnoreSigpipe& operator=(const IgnoreSigpipe&) = delete;

 private:
  struct sigaction before_ = {};
};

template <class Call>
auto retry(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

// The stages' processes. Whatever happens, none is left unreaped.
class Children {
 public:
  Children() = default;
  ~Children() { reap(); }
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;

  void add(pid_t pid) { pids_.push_back(pid); }

  std::optional<std::size_t> reap() {  // the lowest stage that failed
    std::optional<std::size_t> failed;
    for (std::size_t stage = 0; stage < pids_.size(); ++stage) {
      int status = 0;
      retry([&] { return waitpid(pids_[stage], &status, 0); });
      const bool ended_well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
      if (!ended_well && !failed) failed = stage;
    }
    pids_.clear();
    return failed;
  }

 private:
  std::vector<pid_t> pids_;
};

constexpr std::size_t item_size = sizeof(std::int64_t);

// The life of a child: whole items in, the same number of items out, until the input ends or nobody reads any more. Both are good ends:
// whose fault an early end is, the exit status of the stage that caused it says.
void run_stage(const Stage& stage, int in, int out) {
  std::array<char, 4096> buffer;
  std::size_t filled = 0;
  for (;;) {
    const ssize_t got = retry([&] { return read(in, buffer.data() + filled, buffer.size() - filled); });
    if (got < 0) fail("read");
    if (got == 0) return;
    filled += static_cast<std::size_t>(got);
    const std::size_t whole = filled / item_size * item_size;
    for (std::size_t at = 0; at < whole; at += item_size) {
      std::int64_t item;
      std::memcpy(&item, buffer.data() + at, item_size);
      item = stage(item);
      std::memcpy(buffer.data() + at, &item, item_size);
    }
    for (std::size_t at = 0; at < whole;) {
      const ssize_t put = retry([&] { return write(out, buffer.data() + at, whole - at); });
      if (put < 0 && errno == EPIPE) return;
      if (put < 0) fail("write");
      at += static_cast<std::size_t>(put);
    }
    std::memmove(buffer.data(), buffer.data() + whole, filled - whole);
    filled -= whole;
  }
}

// Feeds and collects at once: whichever pipe is ready is served, so a full one never keeps the other waiting.
std::vector<std::int64_t> pump(const std::vector<std::int64_t>& items, Descriptor feed, Descriptor collect) {
  fcntl(feed.get(), F_SETFL, O_NONBLOCK);
  const char* to_write = reinterpret_cast<const char*>(items.data());
  std::size_t left = items.size() * item_size;
  if (left == 0) feed.reset();

  std::vector<std::int64_t> results;
  std::array<char, 65536> buffer;
  std::size_t filled = 0;
  for (;;) {
    std::array<pollfd, 2> ready{{{collect.get(), POLLIN, 0}, {feed.get(), POLLOUT, 0}}};  // poll skips negative descriptors
    if (retry([&] { return poll(ready.data(), ready.size(), -1); }) < 0) fail("poll");
    if (feed.open() && ready[1].revents != 0) {
      const ssize_t put = retry([&] { return write(feed.get(), to_write, left); });
      if (put < 0 && errno != EAGAIN && errno != EPIPE) fail("write");
      if (put > 0) {
        to_write += put;
        left -= static_cast<std::size_t>(put);
      }
      if (left == 0 || (put < 0 && errno == EPIPE)) feed.reset();
    }
    if (ready[0].revents != 0) {
      const ssize_t got = retry([&] { return read(collect.get(), buffer.data() + filled, buffer.size() - filled); });
      if (got < 0) fail("read");
      if (got == 0) return results;
      filled += static_cast<std::size_t>(got);
      const std::size_t whole = filled / item_size;
      const std::size_t before = results.size();
      results.resize(before + whole);
      std::memcpy(results.data() + before, buffer.data(), whole * item_size);
      std::memmove(buffer.data(), buffer.data() + whole * item_size, filled - whole * item_size);
      filled -= whole * item_size;
    }
  }
}

}  // namespace

std::vector<std::int64_t> run_pipeline(const std::vector<std::int64_t>& items, const std::vector<Stage>& stages) {
  if (stages.empty()) return items;
  const IgnoreSigpipe guard;
  Children children;  // outlives the descriptors below: they close first, so every child sees its end and can be reaped
  Pipe first = make_pipe();
  Descriptor feed = std::move(first.write_end);
  Descriptor previous = std::move(first.read_end);
  for (const Stage& stage : stages) {
    Pipe next = make_pipe();
    const pid_t pid = fork();
    if (pid < 0) fail("fork");
    if (pid == 0) {
      feed.reset();  // or no stage would ever see the end of the first pipe
      next.read_end.reset();
      int status = 0;
      try {
        run_stage(stage, previous.get(), next.write_end.get());
      } catch (...) {
        status = 1;
      }
      _exit(status);
    }
    children.add(pid);
    previous = std::move(next.read_end);  // closes ours of the pipe that the child reads; next.write_end closes at the end of the turn
  }
  std::vector<std::int64_t> results = pump(items, std::move(feed), std::move(previous));
  if (const std::optional<std::size_t> failed = children.reap())
    throw StageFailed(*failed, "stage " + std::to_string(*failed) + " of the pipeline failed");
  return results;
}

}  // namespace pdc
