#include "harness/run/descriptor.hpp"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "harness/model/fault.hpp"

namespace lockstep::run {

void Descriptor::reset() {
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
}

void fail_with_errno(std::string_view what) {
  const int error = errno;
  throw model::Fault(std::string(what) + ": " + std::strerror(error));
}

Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) fail_with_errno("pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Pipe make_control_sockets() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) fail_with_errno("socketpair");
  Pipe pair{Descriptor(ends[0]), Descriptor(ends[1])};
  const int on = 1;
  if (setsockopt(ends[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof on) != 0) fail_with_errno("SO_PASSCRED");
  return pair;
}

Descriptor make_memory_file(const char* name, std::string_view content) {
  Descriptor file(memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!file) fail_with_errno("memfd_create");
  for (std::size_t done = 0; done < content.size();) {
    const ssize_t wrote = write(file.get(), content.data() + done, content.size() - done);
    if (wrote < 0) fail_with_errno("memory file");
    done += static_cast<std::size_t>(wrote);
  }
  if (lseek(file.get(), 0, SEEK_SET) != 0) fail_with_errno("memory file");
  if (fcntl(file.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0) fail_with_errno("F_ADD_SEALS");
  return file;
}

Descriptor make_event() {
  Descriptor event(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!event) fail_with_errno("eventfd");
  return event;
}

std::string read_text(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::string text;
  if (!file) return text;
  char block[4096];
  for (ssize_t got = 0; (got = read(file.get(), block, sizeof block)) > 0;) text.append(block, static_cast<std::size_t>(got));
  return text;
}

bool write_text(const std::string& path, std::string_view text) {
  const Descriptor file(open(path.c_str(), O_WRONLY | O_CLOEXEC));
  return file && write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

}  // namespace lockstep::run
