// System calls without the C library: no errno, no interceptor of a sanitizer, usable before initialisation and inside sanitizer hooks.
// Under ThreadSanitizer this also means that they order nothing: reading a file in /proc does not hide a race.
#pragma once

#include <cstddef>

#ifndef __x86_64__
#error "write the system call sequence of this processor here, and the thunks of testkit/tsan_delay_thunks.cpp"
#endif

namespace lockstep::raw {

// Returns what the kernel returns: -errno on failure.
inline long syscall6(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0, long f = 0) {
  long result;
  register long r10 asm("r10") = d;
  register long r8 asm("r8") = e;
  register long r9 asm("r9") = f;
  asm volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
  return result;
}

template <class... Args>
inline long call(long number, Args... args) {
  return syscall6(number, (long)args...);
}

// memcpy and memset that no sanitizer intercepts and no compiler turns into a call.
inline void copy(void* to, const void* from, std::size_t count) { asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(count) : : "memory"); }
inline void clear(void* to, std::size_t count) { asm volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(0) : "memory"); }
inline std::size_t length(const char* text) {
  std::size_t n = 0;
  while (text[n] != 0) {
    ++n;
    asm volatile("" : "+r"(n));  // keeps the compiler from calling strlen
  }
  return n;
}

}  // namespace lockstep::raw
