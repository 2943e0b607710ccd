// Each message is a frame: its length in eight bytes, then its bytes, given to the kernel in a single writev.
#include "ipc_queue.hpp"

#include <fcntl.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <system_error>

namespace pdc {
namespace {

using Length = std::uint64_t;

void close_once(int& descriptor) noexcept {
  if (descriptor >= 0) close(std::exchange(descriptor, -1));
}

// Keeps SIGPIPE from this thread during a write; one that the write has caused is taken away again.
class WithoutSigpipe {
 public:
  WithoutSigpipe() {
    sigemptyset(&sigpipe_);
    sigaddset(&sigpipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &sigpipe_, &before_);
  }
  ~WithoutSigpipe() {
    const timespec at_once{0, 0};
    if (!was_pending_)
      while (sigtimedwait(&sigpipe_, nullptr, &at_once) < 0 && errno == EINTR) continue;
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  WithoutSigpipe(const WithoutSigpipe&) = delete;
  WithoutSigpipe& operator=(const WithoutSigpipe&) = delete;

 private:
  sigset_t sigpipe_, before_;
  bool was_pending_ = false;
};

// Reads `size` bytes; fewer only if the end comes first.
std::size_t read_up_to(int descriptor, char* to, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = read(descriptor, to + done, size - done);
    if (got == 0) break;
    if (got > 0)
      done += static_cast<std::size_t>(got);
    else if (errno != EINTR)
      throw std::system_error(errno, std::generic_category(), "read");
  }
  return done;
}

}  // namespace

struct PipeQueue::Impl {
  int read_end = -1, write_end = -1;
};

PipeQueue::PipeQueue() : p_(std::make_unique<Impl>()) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe2");
  p_->read_end = ends[0];
  p_->write_end = ends[1];
}

PipeQueue::~PipeQueue() {
  close_put();
  close_get();
}

void PipeQueue::put(std::string_view msg) {
  if (p_->write_end < 0) throw Closed("this process has closed its write end");
  const WithoutSigpipe guard;
  Length length = msg.size();
  std::array<iovec, 2> parts{{{&length, sizeof length}, {const_cast<char*>(msg.data()), msg.size()}}};
  std::size_t left = sizeof length + msg.size();
  // A frame of at most PIPE_BUF bytes goes in whole. A larger one may take several turns.
  while (left > 0) {
    const ssize_t put = writev(p_->write_end, parts.data(), parts.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0 && errno == EPIPE) throw Closed("nobody can read from the queue any more");
    if (put < 0) throw std::system_error(errno, std::generic_category(), "writev");
    left -= static_cast<std::size_t>(put);
    std::size_t skip = static_cast<std::size_t>(put);
    for (iovec& part : parts) {
      const std::size_t here = std::min(skip, part.iov_len);
      part = {static_cast<char*>(part.iov_base) + here, part.iov_len - here};
      skip -= here;
    }
  }
}

std::optional<std::string> PipeQueue::get() {
  Length length = 0;
  const std::size_t got = read_up_to(p_->read_end, reinterpret_cast<char*>(&length), sizeof length);
  if (got == 0) return std::nullopt;
  std::string message;
  if (got == sizeof length) {
    message.resize(length);
    if (read_up_to(p_->read_end, message.data(), length) == length) return message;
  }
  throw std::runtime_error("the queue ended in the middle of a message");
}

void PipeQueue::close_put() noexcept { close_once(p_->write_end); }
void PipeQueue::close_get() noexcept { close_once(p_->read_end); }

namespace {

[[noreturn]] void produce(PipeQueue& queue, const std::vector<std::string>& messages) {
  try {
    queue.close_get();
    for (const std::string& message : messages) queue.put(message);
  } catch (...) {
    _exit(1);
  }
  _exit(0);
}

// True if all have ended with status 0. Reaps each one whatever the others did.
bool reap(const std::vector<pid_t>& producers) {
  bool all_well = true;
  for (const pid_t producer : producers) {
    int status = 0;
    while (waitpid(producer, &status, 0) < 0 && errno == EINTR) continue;
    all_well = all_well && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }
  return all_well;
}

}  // namespace

std::vector<std::string> produce_consume(const std::vector<std::vector<std::string>>& per_producer) {
  PipeQueue queue;
  std::vector<pid_t> producers;
  std::vector<std::string> received;
  try {
    for (const std::vector<std::string>& messages : per_producer) {
      const pid_t pid = fork();
      if (pid < 0) throw std::system_error(errno, std::generic_category(), "fork");
      if (pid == 0) produce(queue, messages);
      producers.push_back(pid);
    }
    queue.close_put();  // or this process would itself be the writer that its get() waits for
    while (std::optional<std::string> message = queue.get()) received.push_back(std::move(*message));
  } catch (...) {
    queue.close_put();
    queue.close_get();  // producers that still write see that nobody reads, and end
    reap(producers);
    throw;
  }
  if (!reap(producers)) throw std::runtime_error("a producer died");
  return received;
}

}  // namespace pdc
