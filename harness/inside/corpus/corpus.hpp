// Small programs that show what ThreadSanitizer is worth here: right ones that use every way to synchronise of C++20 and of pthreads, on which it must
// stay silent, and racy ones that it must catch. Laid out like an exercise; the cases are the "student's" files.
#pragma once

#include "pdc/prelude.hpp"

namespace pdc {

#define CASE(name) void right_##name();
#include "right_cases.hpp"
#undef CASE

#define CASE(name) void racy_##name();
#include "racy_cases.hpp"
#undef CASE

#define CASE(name) void name();
#include "fence_cases.hpp"
#undef CASE

// Keeps a value that a case computes alive.
inline void use(long value) {
  [[maybe_unused]] static thread_local volatile long sink;
  sink = value;
}

// Runs the functions on a thread each and joins them.
template <class... F>
void on_threads(F&&... functions) {
  std::vector<std::thread> threads;
  (threads.emplace_back(std::forward<F>(functions)), ...);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace pdc
