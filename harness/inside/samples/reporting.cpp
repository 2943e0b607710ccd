#include "harness/inside/samples/reporting.hpp"

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <stdexcept>

namespace sample {
namespace {

std::mutex mutex;
std::atomic<bool> published{false};
long slot = 0;

}  // namespace

extern long shared_total;
long shared_total = 0;

void add_unlocked() { ++shared_total; }
void add_locked() {
  const std::lock_guard lock(mutex);
  ++shared_total;
}
long total() { return shared_total; }

void publish_relaxed(long value) {
  slot = value;
  published.store(true, std::memory_order_relaxed);
}
long wait_for_published() {
  while (!published.load(std::memory_order_relaxed)) {
  }
  return slot;
}

void leak(std::size_t bytes) {
  static char* volatile kept;
  kept = new char[bytes];
  kept[0] = 1;
  kept = nullptr;
}
int use_after_free() {
  int* volatile number = new int(7);
  delete number;
  return *number;
}
int overflow(int base) { return base + 1; }
void store_through_null() {
  int* volatile nowhere = nullptr;
  *nowhere = 1;
}
void leave_by_exit() { std::exit(0); }
void not_written_yet() { throw std::logic_error("not implemented yet: push"); }
void throw_it() { throw std::runtime_error("thrown in noexcept"); }
void in_noexcept() noexcept { throw_it(); }

}  // namespace sample
