// A pair of sequenced-packet sockets: the kernel keeps the boundaries. A message is one packet or, if it is large, several; the first byte of
// each packet says whether more follow.
#include "ipc_queue.hpp"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace pdc {
namespace {

constexpr char last_packet = 0;
constexpr char more_packets = 1;

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

}  // namespace

struct PipeQueue::Impl {
  int get_end = -1, put_end = -1;
};

PipeQueue::PipeQueue() : p_(std::make_unique<Impl>()) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) fail("socketpair");
  p_->get_end = ends[0];
  p_->put_end = ends[1];
}

PipeQueue::~PipeQueue() {
  close_put();
  close_get();
}

void PipeQueue::put(std::string_view msg) {
  do {
    const std::string_view chunk = msg.substr(0, max_atomic);
    msg.remove_prefix(chunk.size());
    std::string packet(1, msg.empty() ? last_packet : more_packets);
    packet.append(chunk);
    while (send(p_->put_end, packet.data(), packet.size(), MSG_NOSIGNAL) < 0) {
      if (errno == EINTR) continue;
      if (errno == EPIPE || errno == ECONNRESET || errno == EBADF) throw Closed("nobody can receive");
      fail("send");
    }
  } while (!msg.empty());
}

std::optional<std::string> PipeQueue::get() {
  std::string message;
  std::array<char, max_atomic + 1> packet;
  for (bool first = true;; first = false) {
    ssize_t size;
    do size = recv(p_->get_end, packet.data(), packet.size(), 0);
    while (size < 0 && errno == EINTR);
    if (size < 0) fail("recv");
    if (size == 0 && first) return std::nullopt;  // no packet of ours is empty
    if (size == 0) throw std::runtime_error("the sender ended in the middle of a message");
    message.append(packet.data() + 1, static_cast<std::size_t>(size) - 1);
    if (packet[0] == last_packet) return message;
  }
}

void PipeQueue::close_put() noexcept {
  if (p_->put_end >= 0) close(std::exchange(p_->put_end, -1));
}

void PipeQueue::close_get() noexcept {
  if (p_->get_end >= 0) close(std::exchange(p_->get_end, -1));
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
