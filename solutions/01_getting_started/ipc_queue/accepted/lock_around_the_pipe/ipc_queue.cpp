// A mutex that the processes share keeps the two writes of a message together, whatever its size. Only writers take it.
#include "ipc_queue.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <new>

namespace pdc {
namespace {

enum class Got { everything, nothing, part };

Got read_all(int fd, void* to, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t n = read(fd, static_cast<char*>(to) + done, size - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw std::runtime_error("cannot read from the pipe");
    if (n == 0) return done == 0 ? Got::nothing : Got::part;
    done += static_cast<std::size_t>(n);
  }
  return Got::everything;
}

bool write_all(int fd, const void* from, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t n = write(fd, static_cast<const char*>(from) + done, size - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

}  // namespace

struct PipeQueue::Impl {
  int in = -1, out = -1;
  pthread_mutex_t* writers = nullptr;
  void (*sigpipe)(int) = SIG_DFL;
};

PipeQueue::PipeQueue() : p_(std::make_unique<Impl>()) {
  void* page = mmap(nullptr, sizeof(pthread_mutex_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) throw std::bad_alloc();
  p_->writers = static_cast<pthread_mutex_t*>(page);
  pthread_mutexattr_t shared;
  pthread_mutexattr_init(&shared);
  pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&shared, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(p_->writers, &shared);
  pthread_mutexattr_destroy(&shared);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    munmap(page, sizeof(pthread_mutex_t));
    throw std::runtime_error("cannot make a pipe");
  }
  p_->in = ends[0];
  p_->out = ends[1];
  p_->sigpipe = signal(SIGPIPE, SIG_IGN);
}

PipeQueue::~PipeQueue() {
  close_put();
  close_get();
  signal(SIGPIPE, p_->sigpipe);
  pthread_mutex_destroy(p_->writers);
  munmap(p_->writers, sizeof(pthread_mutex_t));
}

void PipeQueue::put(std::string_view msg) {
  const std::uint64_t size = msg.size();
  if (pthread_mutex_lock(p_->writers) == EOWNERDEAD) {
    // Somebody died between two writes: what follows cannot be told from the rest of that message.
    pthread_mutex_unlock(p_->writers);
    throw Closed("another producer died while it wrote");
  }
  const bool sent = p_->out >= 0 && write_all(p_->out, &size, sizeof size) && write_all(p_->out, msg.data(), msg.size());
  pthread_mutex_unlock(p_->writers);
  if (!sent) throw Closed("the pipe has no reader");
}

std::optional<std::string> PipeQueue::get() {
  std::uint64_t size = 0;
  const Got header = read_all(p_->in, &size, sizeof size);
  if (header == Got::nothing) return std::nullopt;
  if (header == Got::part) throw std::runtime_error("half a header");
  std::string message(size, '\0');
  if (read_all(p_->in, message.data(), size) != Got::everything) throw std::runtime_error("half a message");
  return message;
}

void PipeQueue::close_put() noexcept {
  if (p_->out >= 0) close(p_->out);
  p_->out = -1;
}

void PipeQueue::close_get() noexcept {
  if (p_->in >= 0) close(p_->in);
  p_->in = -1;
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
      _exit(status);
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
