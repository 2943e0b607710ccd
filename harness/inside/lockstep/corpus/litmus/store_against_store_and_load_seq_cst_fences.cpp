// allowed: r1=0 y=1 | r1=1 y=1 | r1=1 y=2
// forbidden: r1=0 y=2
// R of relaxed accesses with sequentially consistent fences.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> x = 0, y = 0;

int main() {
  int r1 = -1;
  std::thread t1([] {
    x.store(1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    y.store(1, std::memory_order_relaxed);
  });
  std::thread t2([&] {
    y.store(2, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    r1 = x.load(std::memory_order_relaxed);
  });
  t1.join();
  t2.join();
  std::printf("r1=%d y=%d\n", r1, y.load());
}
