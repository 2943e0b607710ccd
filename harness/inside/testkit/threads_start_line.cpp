#include "harness/inside/testkit/threads_start_line.hpp"

#include <algorithm>
#include <thread>

#include "harness/inside/testkit/threads_state.hpp"
#include "harness/inside/testkit/tsan_delay.hpp"
#include "harness/inside/testkit/under_tsan.hpp"

namespace lockstep::testkit {
namespace {

constexpr int start = 1, abandoned = 2;

}  // namespace

StartLine::StartLine(std::size_t threads)
    : expected_(static_cast<int>(threads)),
      spinners_(std::min(expected_, static_cast<int>(std::max(1u, std::thread::hardware_concurrency())))) {}

void StartLine::open(int how) {
  __atomic_store_n(&open_, how, __ATOMIC_RELAXED);
  futex_wake_all(&open_);
}

void StartLine::abandon() { open(abandoned); }

bool StartLine::wait_for_all() {
  if (__atomic_add_fetch(&arrived_, 1, __ATOMIC_RELAXED) == expected_) open(start);
  int how;
  while ((how = __atomic_load_n(&open_, __ATOMIC_RELAXED)) == 0) futex_wait(&open_, 0);
  if (how == abandoned) return false;
  // Waking takes a while, and the thread that opened the line is ahead of the others: as many as there are processors meet once more, spinning,
  // for a bounded time, because the machine may have other things to do.
  __atomic_add_fetch(&awake_, 1, __ATOMIC_RELAXED);
  for (int spins = 0; spins < 2000 && __atomic_load_n(&awake_, __ATOMIC_RELAXED) < spinners_; ++spins) __builtin_ia32_pause();
#ifdef LOCKSTEP_UNDER_TSAN
  lockstep_delay_synchronisation();  // two accesses in the very same instant are the ones that ThreadSanitizer may miss
#endif
  return true;
}

}  // namespace lockstep::testkit
