#include "harness/inside/procwatch/io_faults.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <ctime>
#include <new>

#include "harness/inside/procwatch/procwatch.hpp"

namespace lockstep::procwatch {
namespace {

// Atomic, because a test may change them while threads of the student read them.
std::atomic<std::size_t> max_chunk{0};
std::atomic<unsigned> eintr_every{0};
std::atomic<std::size_t> atomic_below{0};
std::atomic<std::chrono::milliseconds::rep> pause_ms{0};
std::atomic<unsigned> calls{0};  // that could have been interrupted
thread_local bool just_interrupted = false;

struct ForkCount {
  std::atomic<int> seen{0};
  std::atomic<int> failing{0};
};

// One page for the whole tree of processes.
ForkCount& fork_count() {
  static ForkCount* count = [] {
    void* page = ::mmap(nullptr, sizeof(ForkCount), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) throw std::bad_alloc();
    return new (page) ForkCount;
  }();
  return *count;
}

enum class Kind { pipe, stream, other };

Kind kind_of(int descriptor) {
  if (descriptor <= 2) return Kind::other;  // the standard streams are the harness' pipes, not the exercise's
  struct stat info;
  if (::fstat(descriptor, &info) != 0) return Kind::other;
  if (S_ISFIFO(info.st_mode)) return Kind::pipe;
  if (!S_ISSOCK(info.st_mode)) return Kind::other;
  int type = 0;
  socklen_t length = sizeof type;
  // Datagrams and sequenced packets are whole or not there: a shorter read would throw their rest away.
  return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &length) == 0 && type == SOCK_STREAM ? Kind::stream : Kind::other;
}

}  // namespace

void set_io_faults(const testkit::IoFaults& faults) {
  max_chunk = faults.max_chunk;
  eintr_every = faults.eintr_every;
  atomic_below = faults.atomic_below;
  pause_ms = faults.pause_after_write.count();
  calls = 0;
  just_interrupted = false;
}

testkit::IoFaults io_faults() {
  return {.max_chunk = max_chunk,
          .eintr_every = eintr_every,
          .atomic_below = atomic_below,
          .pause_after_write = std::chrono::milliseconds(pause_ms)};
}

bool interrupted() {
  const unsigned every = eintr_every;
  if (every == 0) return false;
  if (just_interrupted) {
    just_interrupted = false;
    return false;
  }
  if ((calls.fetch_add(1) + 1) % every != 0) return false;
  just_interrupted = true;
  errno = EINTR;
  return true;
}

bool interrupted(int descriptor) {
  if (eintr_every == 0 || descriptor <= 2) return false;
  struct stat info;
  if (::fstat(descriptor, &info) != 0 || !(S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode))) return false;
  const int flags = ::fcntl(descriptor, F_GETFL);
  return flags >= 0 && (flags & O_NONBLOCK) == 0 && interrupted();
}

std::size_t readable_chunk(int descriptor, std::size_t wanted) {
  const std::size_t limit = max_chunk;
  if (limit == 0 || wanted <= limit) return wanted;
  return kind_of(descriptor) == Kind::other ? wanted : limit;
}

std::size_t writable_chunk(int descriptor, std::size_t wanted) {
  const std::size_t limit = max_chunk;
  if (limit == 0 || wanted <= limit) return wanted;
  const Kind kind = kind_of(descriptor);
  if (kind == Kind::other || (kind == Kind::pipe && wanted <= atomic_below)) return wanted;
  return limit;
}

void pause_after_write() {
  const auto pause = pause_ms.load();
  if (pause == 0 || (::getpid() == test_process() && ::gettid() == ::getpid())) return;
  timespec left{static_cast<time_t>(pause / 1000), static_cast<long>(pause % 1000 * 1'000'000)};
  while (::nanosleep(&left, &left) != 0 && errno == EINTR) {
  }
}

void set_failing_fork(int nth) {
  fork_count().seen = 0;
  fork_count().failing = nth;
}

bool fork_fails() {
  ForkCount& count = fork_count();
  const int failing = count.failing;
  return failing != 0 && ++count.seen == failing;
}

}  // namespace lockstep::procwatch
