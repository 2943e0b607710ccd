#include "harness/run/blocked_call.hpp"

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/syscall.h>

#include <cstdlib>

namespace lockstep::run {

std::optional<BlockedCall> parse_syscall_line(std::string_view line) {
  const std::string text(line);
  char* end = nullptr;
  BlockedCall call;
  call.number = std::strtol(text.c_str(), &end, 10);
  if (end == text.c_str() || call.number < 0) return std::nullopt;
  for (std::uint64_t* value : {&call.arguments[0], &call.arguments[1], &call.arguments[2], &call.arguments[3], &call.arguments[4],
                               &call.arguments[5], &call.stack_pointer, &call.instruction}) {
    const char* at = end;
    *value = std::strtoull(at, &end, 16);
    if (end == at) return std::nullopt;
  }
  return call;
}

bool is_raw_nanosleep(const BlockedCall& call) { return call.number == SYS_nanosleep; }

std::optional<Wait> decode_wait(const BlockedCall& call) {
  const auto& a = call.arguments;
  const int first = static_cast<int>(a[0]);
  const auto if_endless = [](bool endless, Wait wait) { return endless ? std::optional(std::move(wait)) : std::nullopt; };
  const auto is_negative = [](std::uint64_t milliseconds) { return static_cast<int>(milliseconds) < 0; };
  const auto on = [first](const char* words) { return Wait{WaitsFor::descriptor, first, words}; };
  const Wait polling{WaitsFor::descriptors, -1, "waiting for any of several descriptors, without a time limit"};

  switch (call.number) {
    case SYS_futex:
      switch (a[1] & static_cast<std::uint64_t>(FUTEX_CMD_MASK)) {
        case FUTEX_WAIT:
        case FUTEX_WAIT_BITSET:
        case FUTEX_LOCK_PI:
        case FUTEX_LOCK_PI2:
        case FUTEX_WAIT_REQUEUE_PI:
          return if_endless(a[3] == 0, {WaitsFor::memory, -1, "futex wait (mutex, condition variable or join)"});
        default:
          return std::nullopt;
      }
    case 449:  // futex_waitv(2)
      return if_endless(a[3] == 0, {WaitsFor::memory, -1, "futex wait on several words"});

    case SYS_read:
    case SYS_readv:
      return on("read");
    case SYS_write:
    case SYS_writev:
      return on("write");
    case SYS_accept:
    case SYS_accept4:
      return on("accept");
    case SYS_connect:
      return on("connect");
    case SYS_recvfrom:
    case SYS_recvmsg:
      return on("receive");
    case SYS_recvmmsg:
      return if_endless(a[4] == 0, on("receive"));
    case SYS_sendto:
    case SYS_sendmsg:
    case SYS_sendmmsg:
      return on("send");

    case SYS_poll:
      return if_endless(is_negative(a[2]), polling);
    case SYS_ppoll:
      return if_endless(a[2] == 0, polling);
    case SYS_select:
    case SYS_pselect6:
      return if_endless(a[4] == 0, polling);
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
      return if_endless(is_negative(a[3]), polling);
    case 441:  // epoll_pwait2(2)
      return if_endless(a[3] == 0, polling);

    case SYS_pause:
      return Wait{WaitsFor::signal, -1, "pause: waiting for a signal"};
    case SYS_rt_sigsuspend:
      return Wait{WaitsFor::signal, -1, "sigsuspend: waiting for a signal"};
    case SYS_rt_sigtimedwait:
      return if_endless(a[2] == 0, {WaitsFor::signal, -1, "sigwait: waiting for a signal"});
    case SYS_wait4:
    case SYS_waitid:
      return Wait{WaitsFor::children, -1, "waitpid: waiting for a child process to end"};

    case SYS_semop:
      return Wait{WaitsFor::message, -1, "semop: waiting for a System V semaphore"};
    case SYS_semtimedop:
      return if_endless(a[3] == 0, {WaitsFor::message, -1, "semop: waiting for a System V semaphore"});
    case SYS_msgsnd:
      return Wait{WaitsFor::message, -1, "msgsnd: waiting for room in a message queue"};
    case SYS_msgrcv:
      return Wait{WaitsFor::message, -1, "msgrcv: waiting for a message"};
    case SYS_mq_timedsend:
      return if_endless(a[4] == 0, {WaitsFor::message, -1, "mq_send: waiting for room in a message queue"});
    case SYS_mq_timedreceive:
      return if_endless(a[4] == 0, {WaitsFor::message, -1, "mq_receive: waiting for a message"});

    case SYS_flock:
      return Wait{WaitsFor::lock, first, "flock: waiting for a file lock"};
    case SYS_fcntl:
      return if_endless(a[1] == F_SETLKW || a[1] == F_OFD_SETLKW, {WaitsFor::lock, first, "fcntl: waiting for a file lock"});
    case SYS_open:
    case SYS_openat:
      return Wait{WaitsFor::opening, -1, "open: waiting for the other end of a FIFO"};
    default:
      return std::nullopt;
  }
}

}  // namespace lockstep::run
