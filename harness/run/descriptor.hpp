// An owned file descriptor, and the few ways in which this module makes them. All are close-on-exec; failures throw model::Fault.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace lockstep::run {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { reset(); }
  void reset();
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

struct Pipe {
  Descriptor reader, writer;
};

Pipe make_pipe();
Pipe make_control_sockets();  // a pair of SOCK_SEQPACKET sockets; the first one learns the pid of who sends (SO_PASSCRED)
Descriptor make_memory_file(const char* name, std::string_view content);  // sealed: nobody can change it any more
Descriptor make_event();

[[noreturn]] void fail_with_errno(std::string_view what);  // model::Fault("what: reason")

std::string read_text(const std::string& path);  // empty if it cannot be read
bool write_text(const std::string& path, std::string_view text);

}  // namespace lockstep::run
