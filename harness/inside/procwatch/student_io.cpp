// What read, write and their kin of the student's object are replaced by (redirect.syms). Each is its original, read(2) and so on, after the
// faults of the moment.
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstddef>

#include "harness/inside/procwatch/io_faults.hpp"

namespace {

using lockstep::procwatch::interrupted;
using lockstep::procwatch::pause_after_write;
using lockstep::procwatch::readable_chunk;
using lockstep::procwatch::writable_chunk;

// The first `length` bytes of `parts`.
struct Trimmed {
  iovec parts[IOV_MAX];
  int count = 0;

  Trimmed(const iovec* from, int from_count, std::size_t length) {
    for (; count < from_count && length > 0; ++count) {
      parts[count] = {from[count].iov_base, std::min(from[count].iov_len, length)};
      length -= parts[count].iov_len;
    }
  }
};

std::size_t length_of(const iovec* parts, int count) {
  std::size_t length = 0;
  for (int i = 0; i < count; ++i) length += parts[i].iov_len;
  return length;
}

ssize_t written(ssize_t result) {
  const int error = errno;
  if (result > 0) pause_after_write();
  errno = error;
  return result;
}

}  // namespace

extern "C" {

ssize_t lockstep_read(int descriptor, void* data, std::size_t length) {
  if (interrupted(descriptor)) return -1;
  return ::read(descriptor, data, readable_chunk(descriptor, length));
}

ssize_t lockstep_recv(int descriptor, void* data, std::size_t length, int flags) {
  if ((flags & MSG_DONTWAIT) == 0 && interrupted(descriptor)) return -1;
  if ((flags & MSG_WAITALL) == 0) length = readable_chunk(descriptor, length);
  return ::recv(descriptor, data, length, flags);
}

ssize_t lockstep_readv(int descriptor, const iovec* parts, int count) {
  if (interrupted(descriptor)) return -1;
  if (count <= 0 || count > IOV_MAX) return ::readv(descriptor, parts, count);
  const std::size_t wanted = length_of(parts, count), chunk = readable_chunk(descriptor, wanted);
  if (chunk == wanted) return ::readv(descriptor, parts, count);
  const Trimmed trimmed(parts, count, chunk);
  return ::readv(descriptor, trimmed.parts, trimmed.count);
}

ssize_t lockstep_write(int descriptor, const void* data, std::size_t length) {
  if (interrupted(descriptor)) return -1;
  return written(::write(descriptor, data, writable_chunk(descriptor, length)));
}

ssize_t lockstep_send(int descriptor, const void* data, std::size_t length, int flags) {
  if ((flags & MSG_DONTWAIT) == 0 && interrupted(descriptor)) return -1;
  return written(::send(descriptor, data, writable_chunk(descriptor, length), flags));
}

ssize_t lockstep_writev(int descriptor, const iovec* parts, int count) {
  if (interrupted(descriptor)) return -1;
  if (count <= 0 || count > IOV_MAX) return ::writev(descriptor, parts, count);
  const std::size_t wanted = length_of(parts, count), chunk = writable_chunk(descriptor, wanted);
  if (chunk == wanted) return written(::writev(descriptor, parts, count));
  const Trimmed trimmed(parts, count, chunk);
  return written(::writev(descriptor, trimmed.parts, trimmed.count));
}

// A look that does not wait is never interrupted, signal(7).
int lockstep_poll(pollfd* descriptors, nfds_t count, int timeout_ms) {
  if (timeout_ms != 0 && interrupted()) return -1;
  return ::poll(descriptors, count, timeout_ms);
}

int lockstep_ppoll(pollfd* descriptors, nfds_t count, const timespec* timeout, const sigset_t* mask) {
  const bool waits = timeout == nullptr || timeout->tv_sec != 0 || timeout->tv_nsec != 0;
  if (waits && interrupted()) return -1;
  return ::ppoll(descriptors, count, timeout, mask);
}

int lockstep_select(int count, fd_set* reads, fd_set* writes, fd_set* errors, timeval* timeout) {
  const bool waits = timeout == nullptr || timeout->tv_sec != 0 || timeout->tv_usec != 0;
  if (waits && interrupted()) return -1;
  return ::select(count, reads, writes, errors, timeout);
}

}  // extern "C"
