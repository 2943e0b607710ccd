// What a sleeping task waits for, read from /proc/<pid>/task/<tid>/syscall (proc(5)): pure decoding of x86-64 system calls.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lockstep::run {

struct BlockedCall {
  long number = -1;
  std::array<std::uint64_t, 6> arguments{};
  std::uint64_t stack_pointer = 0;
  std::uint64_t instruction = 0;
};

// The line of the kernel: "running", "-1 sp pc" or "nr a b c d e f sp pc". Empty for the first two: such a task is in no system call.
std::optional<BlockedCall> parse_syscall_line(std::string_view line);

enum class WaitsFor {
  memory,  // a futex: only a task of the same box can wake it
  children,
  signal,
  message,      // System V or POSIX queues and semaphores, private to the box's IPC namespace
  descriptor,   // one descriptor, in `descriptor`
  descriptors,  // some of the process's descriptors
  lock,         // a file lock, on `descriptor`
  opening,      // the other end of a FIFO
};

struct Wait {
  WaitsFor what = WaitsFor::memory;
  int descriptor = -1;
  std::string words;  // for a student: "futex wait (mutex, condition variable or join)"
};

// Nothing if the call can end by itself (it has a time limit), or is not known to be a wait: then nothing may be concluded.
std::optional<Wait> decode_wait(const BlockedCall& call);

// nanosleep as the sanitizers' runtimes call it for their background thread; the C library uses clock_nanosleep.
bool is_raw_nanosleep(const BlockedCall& call);

}  // namespace lockstep::run
