#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/inside/lockstep/descriptors.hpp"
#include "harness/inside/lockstep/knowledge.hpp"
#include "harness/inside/lockstep/real.hpp"
#include "harness/inside/lockstep/virtual_clock.hpp"

namespace lockstep::engine {
namespace {

constexpr std::uint64_t descriptor_objects = 1000;

int real_poll_now(pollfd* descriptors, nfds_t count) {
  LOCKSTEP_REAL(poll);
  return real_poll(descriptors, count, 0);
}

bool is_pipe(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode));
}

// Both ends of a pipe are one object.
std::uint64_t object_of(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 ? descriptor_objects + status.st_ino : descriptor_objects;
}

bool never_waits(int descriptor) { return (fcntl(descriptor, F_GETFL) & O_NONBLOCK) != 0; }

NumberMap<VectorClock> sent;  // by pipe: what its writers knew

}  // namespace

bool descriptors_ready(const Task& task) {
  const Operation& op = task.pending;
  if (op.kind == OpKind::poll) return real_poll_now(reinterpret_cast<pollfd*>(op.object2), op.value) != 0;
  pollfd one{static_cast<int>(op.value), static_cast<short>(op.kind == OpKind::pipe_read ? POLLIN : POLLOUT), 0};
  return real_poll_now(&one, 1) != 0;
}

ssize_t read_pipe(int descriptor, void* to, std::size_t size) {
  LOCKSTEP_REAL(read);
  const Inside inside;
  const std::uint64_t object = object_of(descriptor);
  const OpKind kind = never_waits(descriptor) ? OpKind::pipe_try : OpKind::pipe_read;
  reach({kind, object, 0, true, false, no_deadline, static_cast<std::uint64_t>(descriptor)});
  const ssize_t count = real_read(descriptor, to, size);
  if (const VectorClock* known = sent.find(object)) acquire(*known);
  if (count >= 0) changed();
  note(kind, object, 0, static_cast<std::uint64_t>(count));
  return count;
}

ssize_t write_pipe(int descriptor, const void* from, std::size_t size) {
  LOCKSTEP_REAL(write);
  const Inside inside;
  const std::uint64_t object = object_of(descriptor);
  const OpKind kind = never_waits(descriptor) ? OpKind::pipe_try : OpKind::pipe_write;
  std::size_t done = 0;
  do {
    reach({kind, object, 0, true, false, no_deadline, static_cast<std::uint64_t>(descriptor)});
    // At most what surely fits at a time: a larger write would wait inside the kernel, where nobody sees it.
    const std::size_t part = kind == OpKind::pipe_write && size - done > PIPE_BUF ? PIPE_BUF : size - done;
    const ssize_t count = real_write(descriptor, static_cast<const char*>(from) + done, part);
    if (count < 0) return done ? static_cast<ssize_t>(done) : count;
    release_to(sent.at(object));
    changed();
    done += static_cast<std::size_t>(count);
    note(kind, object, 0, static_cast<std::uint64_t>(count));
  } while (kind == OpKind::pipe_write && done < size);
  return static_cast<ssize_t>(done);
}

int poll_controlled(pollfd* descriptors, nfds_t count, std::int64_t deadline) {
  const Inside inside;
  const std::uint64_t object = count ? object_of(descriptors[0].fd) : clock_object;
  const Variant how = reach({OpKind::poll, object, reinterpret_cast<std::uint64_t>(descriptors), true, false, deadline, count});
  const int ready = real_poll_now(descriptors, count);
  if (ready > 0)
    for (nfds_t i = 0; i < count; ++i)
      if (const VectorClock* known = sent.find(object_of(descriptors[i].fd))) acquire(*known);
  if (how == ordinary) changed();
  note(OpKind::poll, object, 0, static_cast<std::uint64_t>(ready));
  return ready;
}

}  // namespace lockstep::engine

using namespace lockstep::engine;

extern "C" {

ssize_t read(int descriptor, void* to, size_t size) {
  LOCKSTEP_REAL(read);
  return controlled() && is_pipe(descriptor) ? read_pipe(descriptor, to, size) : real_read(descriptor, to, size);
}

ssize_t write(int descriptor, const void* from, size_t size) {
  LOCKSTEP_REAL(write);
  return controlled() && descriptor > 2 && is_pipe(descriptor) ? write_pipe(descriptor, from, size) : real_write(descriptor, from, size);
}

int close(int descriptor) {
  LOCKSTEP_REAL(close);
  if (controlled() && is_pipe(descriptor)) {
    const Inside inside;
    const std::uint64_t object = object_of(descriptor);
    reach({OpKind::pipe_close, object, 0, true, false});
    release_to(sent.at(object));
    changed();
  }
  return real_close(descriptor);
}

int poll(pollfd* descriptors, nfds_t count, int timeout_ms) {
  LOCKSTEP_REAL(poll);
  if (!controlled()) return real_poll(descriptors, count, timeout_ms);
  const timespec limit{timeout_ms / 1000, static_cast<long>(timeout_ms % 1000) * 1'000'000};
  return poll_controlled(descriptors, count, timeout_ms < 0 ? no_deadline : deadline_in(&limit));
}

int select(int count, fd_set* __restrict read, fd_set* __restrict write, fd_set* __restrict except, timeval* __restrict timeout) {
  LOCKSTEP_REAL(select);
  if (!controlled()) return real_select(count, read, write, except, timeout);
  pollfd descriptors[FD_SETSIZE];
  nfds_t used = 0;
  for (int fd = 0; fd < count; ++fd) {
    short events = 0;
    if (read && FD_ISSET(fd, read)) events |= POLLIN;
    if (write && FD_ISSET(fd, write)) events |= POLLOUT;
    if (except && FD_ISSET(fd, except)) events |= POLLPRI;
    if (events) descriptors[used++] = {fd, events, 0};
  }
  const timespec limit = timeout ? timespec{timeout->tv_sec, timeout->tv_usec * 1000} : timespec{};
  poll_controlled(descriptors, used, timeout ? deadline_in(&limit) : no_deadline);
  int ready = 0;
  fd_set* const sets[] = {read, write, except};
  for (fd_set* set : sets)
    if (set) FD_ZERO(set);
  for (nfds_t i = 0; i < used; ++i) {
    const pollfd& one = descriptors[i];
    if (read && (one.events & POLLIN) && (one.revents & (POLLIN | POLLHUP | POLLERR))) FD_SET(one.fd, read), ++ready;
    if (write && (one.events & POLLOUT) && (one.revents & (POLLOUT | POLLERR))) FD_SET(one.fd, write), ++ready;
    if (except && (one.events & POLLPRI) && (one.revents & POLLPRI)) FD_SET(one.fd, except), ++ready;
  }
  return ready;
}

}  // extern "C"
