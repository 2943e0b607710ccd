// Two relaxed accesses with a sequentially consistent fence between them, on both sides: one sees the other.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> x = 0, y = 0;

int main() {
  int seen_y = -1, seen_x = -1;
  std::thread a([&] {
    x.store(1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    seen_y = y.load(std::memory_order_relaxed);
  });
  std::thread b([&] {
    y.store(1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    seen_x = x.load(std::memory_order_relaxed);
  });
  a.join();
  b.join();
  assert(seen_x == 1 || seen_y == 1);
}
