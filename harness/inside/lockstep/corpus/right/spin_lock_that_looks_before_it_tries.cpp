// A test-and-test-and-set lock: spins on a relaxed load, without a yield, and tries only when the lock looks free.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<bool> taken = false;
int count = 0;

void add() {
  while (taken.exchange(true, std::memory_order_acquire)) {
    while (taken.load(std::memory_order_relaxed)) {
    }
  }
  ++count;
  taken.store(false, std::memory_order_release);
}

int main() {
  std::thread a(add), b(add);
  a.join();
  b.join();
  assert(count == 2);
}
