#include <fcntl.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#include <cerrno>
#include <climits>

#include "harness/inside/channel/raw_syscalls.hpp"
#include "harness/inside/testkit/threads_state.hpp"

namespace lockstep::testkit {
namespace {

struct Text {
  char bytes[4096];  // a whole status file
  long size = 0;
};

void append(Text& to, const char* text) {
  for (; *text != 0 && to.size + 1 < static_cast<long>(sizeof to.bytes); ++text) to.bytes[to.size++] = *text;
  to.bytes[to.size] = 0;
}

void append(Text& to, int number) {
  char digits[12];
  int count = 0;
  do digits[count++] = static_cast<char>('0' + number % 10);
  while ((number /= 10) != 0);
  while (count > 0) {
    const char digit[2] = {digits[--count], 0};
    append(to, digit);
  }
}

bool read_task_file(int tid, const char* name, Text& text) {
  Text path;
  append(path, "/proc/self/task/");
  append(path, tid);
  append(path, name);
  long descriptor = raw::call(SYS_open, path.bytes, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  text.size = raw::call(SYS_read, descriptor, text.bytes, sizeof text.bytes - 1);
  raw::call(SYS_close, descriptor);
  if (text.size < 0) text.size = 0;
  text.bytes[text.size] = 0;
  return text.size > 0;
}

// Reads the number at `at`, decimal or 0x hexadecimal, and moves `at` behind it; false if there is none.
bool take_number(const char*& at, std::uint64_t& value) {
  while (*at == ' ' || *at == '\t') ++at;
  std::uint64_t base = 10;
  if (at[0] == '0' && at[1] == 'x') base = 16, at += 2;
  bool any = false;
  for (value = 0;; ++at, any = true) {
    if (*at >= '0' && *at <= '9')
      value = value * base + static_cast<std::uint64_t>(*at - '0');
    else if (base == 16 && *at >= 'a' && *at <= 'f')
      value = value * base + static_cast<std::uint64_t>(*at - 'a' + 10);
    else
      return any;
  }
}

const char* after(const char* text, const char* wanted) {
  for (; *text != 0; ++text) {
    const char *t = text, *w = wanted;
    while (*w != 0 && *t == *w) ++t, ++w;
    if (*w == 0) return t;
  }
  return nullptr;
}

std::uint64_t hash_of(const char* text) {  // FNV-1a
  std::uint64_t hash = 14695981039346656037u;
  for (; *text != 0; ++text) hash = (hash ^ static_cast<unsigned char>(*text)) * 1099511628211u;
  return hash;
}

// `a`: the six arguments of a system call that sleeps at this moment.
Waits kind_of(std::uint64_t number, const std::uint64_t* a) {
  auto timed_if = [](bool timed) { return timed ? Waits::timed : Waits::untimed; };
  const bool never = static_cast<int>(a[2]) < 0;
  switch (number) {
    case SYS_futex:
      return a[3] != 0 ? Waits::timed : Waits::on_futex;
    case SYS_futex_waitv:
      return a[3] != 0 ? Waits::timed : Waits::on_futex;
    case SYS_nanosleep:
    case SYS_clock_nanosleep:
      return Waits::asleep;
    case SYS_poll:
      return timed_if(!never);
    case SYS_ppoll:
      return timed_if(a[2] != 0);
    case SYS_select:
    case SYS_pselect6:
      return timed_if(a[4] != 0);
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
      return timed_if(static_cast<int>(a[3]) >= 0);
    case SYS_epoll_pwait2:
      return timed_if(a[3] != 0);
    case SYS_rt_sigtimedwait:
      return timed_if(a[2] != 0);
    case SYS_semtimedop:
      return timed_if(a[3] != 0);
    case SYS_mq_timedsend:
    case SYS_mq_timedreceive:
      return timed_if(a[4] != 0);
    case SYS_recvmmsg:
      return timed_if(a[4] != 0);
    case SYS_io_getevents:
      return timed_if(a[4] != 0);
    default:
      return Waits::untimed;
  }
}

void look_at_call(int tid, ThreadLook& look) {
  Text text;
  if (read_task_file(tid, "/syscall", text)) {
    const char* at = text.bytes;
    std::uint64_t number = 0, arguments[6] = {};
    if (!take_number(at, number)) {  // "running", or "-1" for a sleep outside any call
      look.waits = Waits::no;
      return;
    }
    for (std::uint64_t& argument : arguments) take_number(at, argument);
    look.call = hash_of(text.bytes);
    look.waits = kind_of(number, arguments);
    return;
  }
  look.waits = Waits::somehow;
  if (!read_task_file(tid, "/wchan", text)) return;
  look.call = hash_of(text.bytes);
  if (after(text.bytes, "nanosleep")) look.waits = Waits::asleep;
}

}  // namespace

ThreadLook look_at(int tid) {
  ThreadLook look;
  Text text;
  if (!read_task_file(tid, "/stat", text)) return look;
  // The name in parentheses may hold anything, so the fields start after the last one: state is the first, user and system time the 12th and
  // 13th.
  const char* fields = text.bytes + text.size;
  while (fields > text.bytes && fields[-1] != ')') --fields;
  if (fields == text.bytes || fields[0] != ' ') return look;
  const char state = fields[1];
  look.exists = state != 'Z' && state != 'X' && state != 'x';
  if (!look.exists) return look;

  const char* at = fields + 2;
  std::uint64_t ticks = 0;
  for (int field = 2; field <= 13; ++field) {
    while (*at == ' ') ++at;
    if (*at == '-') ++at;
    std::uint64_t value = 0;
    take_number(at, value);
    if (field >= 12) ticks += value;
  }
  look.cpu_ns = ticks * 10'000'000;               // USER_HZ is 100 on every Linux
  if (read_task_file(tid, "/schedstat", text)) {  // nanoseconds, where the kernel counts them
    at = text.bytes;
    if (take_number(at, look.cpu_ns)) take_number(at, look.starved_ns);
  }
  if (state == 'S') look_at_call(tid, look);
  // Counted after the state: a switch between the two reads shows as a change at the next look, never as a sleep that was not.
  if (read_task_file(tid, "/status", text)) {
    if ((at = after(text.bytes, "\nvoluntary_ctxt_switches:"))) take_number(at, look.voluntary);
    if ((at = after(text.bytes, "\nnonvoluntary_ctxt_switches:"))) take_number(at, look.involuntary);
  }
  return look;
}

int own_tid() { return static_cast<int>(raw::call(SYS_gettid)); }

bool for_each_thread(void (*visit)(int tid, void* context), void* context) {
  long folder = raw::call(SYS_open, "/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return false;
  alignas(8) char entries[4096];
  for (;;) {
    long size = raw::call(SYS_getdents64, folder, entries, sizeof entries);
    if (size <= 0) break;
    for (long at = 0; at < size;) {  // struct linux_dirent64: inode, offset, length, type, name (getdents(2))
      unsigned short length = 0;
      raw::copy(&length, entries + at + 16, sizeof length);
      const char* name = entries + at + 19;
      std::uint64_t tid = 0;
      if (take_number(name, tid)) visit(static_cast<int>(tid), context);
      at += length;
    }
  }
  raw::call(SYS_close, folder);
  return true;
}

void sleep_unseen(long microseconds) {
  timespec left{microseconds / 1'000'000, microseconds % 1'000'000 * 1000};
  while (raw::call(SYS_nanosleep, &left, &left) == -EINTR) {
  }
}

bool has_children() {  // waitid(2) with WNOWAIT takes nothing away from anybody
  return raw::call(SYS_waitid, P_ALL, 0, nullptr, WEXITED | WNOHANG | WNOWAIT, nullptr) != -ECHILD;
}

void futex_wait(int* word, int while_equal) { raw::call(SYS_futex, word, FUTEX_WAIT_PRIVATE, while_equal, nullptr, nullptr, 0); }
void futex_wake_all(int* word) { raw::call(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0); }

}  // namespace lockstep::testkit
