// Relaxed additions are never lost, and the join orders the reading after them.
#include <atomic>
#include <cassert>
#include <thread>

int main() {
  std::atomic<int> count = 0;
  const auto add = [&] {
    for (int i = 0; i < 2; ++i) count.fetch_add(1, std::memory_order_relaxed);
  };
  std::thread a(add), b(add);
  a.join();
  b.join();
  assert(count.load(std::memory_order_relaxed) == 4);
}
