// A maximum kept with a compare_exchange_weak loop, which may fail for no reason and then tries again.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> largest = 0;

void offer(int value) {
  int seen = largest.load(std::memory_order_relaxed);
  while (seen < value && !largest.compare_exchange_weak(seen, value, std::memory_order_relaxed)) {
  }
}

int main() {
  std::thread a(offer, 3), b(offer, 7), c(offer, 5);
  a.join();
  b.join();
  c.join();
  assert(largest == 7);
}
