#include "ipc_queue.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

namespace pdc {

struct PipeQueue::Impl {
  int fd[2] = {-1, -1};
  struct sigaction sigpipe = {};
};

PipeQueue::PipeQueue() : p_(std::make_unique<Impl>()) {
  if (pipe2(p_->fd, O_CLOEXEC) == -1) throw std::runtime_error(std::string("pipe2: ") + std::strerror(errno));
  // While the queue exists, writing without a reader fails with EPIPE instead of killing the process.
  struct sigaction ignore = {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, &p_->sigpipe);
}

PipeQueue::~PipeQueue() {
  close_get();
  close_put();
  sigaction(SIGPIPE, &p_->sigpipe, nullptr);
}

void PipeQueue::put(std::string_view msg) {
  if (p_->fd[1] == -1) throw Closed("the write end is closed");
  const std::uint32_t size = static_cast<std::uint32_t>(msg.size());
  std::string frame(sizeof size, '\0');
  std::memcpy(frame.data(), &size, sizeof size);
  frame.append(msg);
  std::size_t written = 0;
  while (written < frame.size()) {
    const ssize_t n = write(p_->fd[1], frame.data() + written, frame.size() - written);
    if (n >= 0) {
      written += static_cast<std::size_t>(n);
    } else if (errno == EPIPE) {
      throw Closed("no reader");
    } else if (errno != EINTR) {
      throw std::runtime_error(std::string("write: ") + std::strerror(errno));
    }
  }
}

std::optional<std::string> PipeQueue::get() {
  std::string buffer(sizeof(std::uint32_t), '\0');
  std::size_t have = 0;
  bool header = true;
  while (have < buffer.size() || header) {
    if (have == buffer.size()) {
      std::uint32_t size;
      std::memcpy(&size, buffer.data(), sizeof size);
      buffer.assign(size, '\0');
      have = 0;
      header = false;
      continue;
    }
    const ssize_t n = read(p_->fd[0], buffer.data() + have, buffer.size() - have);
    if (n > 0) {
      have += static_cast<std::size_t>(n);
    } else if (n == 0) {
      if (header && have == 0) return std::nullopt;
      throw std::runtime_error("truncated message");
    } else if (errno != EINTR) {
      throw std::runtime_error(std::string("read: ") + std::strerror(errno));
    }
  }
  return buffer;
}

void PipeQueue::close_put() noexcept {
  if (p_->fd[1] != -1) close(p_->fd[1]);
  p_->fd[1] = -1;
}

void PipeQueue::close_get() noexcept {
  if (p_->fd[0] != -1) close(p_->fd[0]);
  p_->fd[0] = -1;
}

std::vector<std::string> produce_consume(const std::vector<std::vector<std::string>>& per_producer) {
  PipeQueue queue;
  std::vector<pid_t> producers;
  std::exception_ptr error;
  for (std::size_t i = 0; i < per_producer.size() && !error; ++i) {
    const pid_t pid = fork();
    if (pid == 0) {
      int status = 1;
      try {
        queue.close_get();
        for (const std::string& message : per_producer[i]) queue.put(message);
        status = 0;
      } catch (const std::exception&) {
      }
      std::exit(status);
    }
    if (pid > 0)
      producers.push_back(pid);
    else
      error = std::make_exception_ptr(std::runtime_error("fork failed"));
  }
  queue.close_put();
  std::vector<std::string> received;
  try {
    while (!error) {
      std::optional<std::string> message = queue.get();
      if (!message) break;
      received.push_back(*message);
    }
  } catch (...) {
    error = std::current_exception();
  }
  queue.close_get();
  for (const pid_t pid : producers) {
    int status = 0;
    while (waitpid(pid, &status, 0) == -1 && errno == EINTR) {
    }
    if (status != 0 && !error) error = std::make_exception_ptr(std::runtime_error("producer " + std::to_string(pid) + " failed"));
  }
  if (error) std::rethrow_exception(error);
  return received;
}

}  // namespace pdc
