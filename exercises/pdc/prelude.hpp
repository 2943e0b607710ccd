// What every exercise may use. This file is fixed.
#pragma once
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>
#include <limits.h>
#include <sys/types.h>

// std::counting_semaphore stands on sem_t here (its other implementation can sleep for ever, GCC bug 104928), and libstdc++ takes POSIX's least
// limit for that of this system, which is SEM_VALUE_MAX.
#undef _POSIX_SEM_VALUE_MAX
#define _POSIX_SEM_VALUE_MAX 2147483647

namespace pdc {
using ms = std::chrono::milliseconds;
struct NotImplemented : std::logic_error {
  using std::logic_error::logic_error;
};
struct Closed : std::runtime_error {
  using std::runtime_error::runtime_error;
};
}  // namespace pdc

// Deletes copying and declares the pimpl: `struct C::Impl` is yours to define in the .cpp file.
#define PDC_PIMPL(C)               \
 public:                           \
  C(const C&) = delete;            \
  C& operator=(const C&) = delete; \
                                   \
 private:                          \
  struct Impl;                     \
  std::unique_ptr<Impl> p_

// The body of a function that is still to be written.
#define PDC_TODO() throw ::pdc::NotImplemented(std::string("not implemented yet: ") + __func__)
