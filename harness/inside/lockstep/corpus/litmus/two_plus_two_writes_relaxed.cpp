// allowed: x=1 y=2 | x=2 y=1 | x=2 y=2
// optional: x=1 y=1
// 2+2W: two threads store to two places in opposite orders; relaxed, the first stores of both may come last.
// Optional: only with a modification order that is not the order in which the stores were executed.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> x = 0, y = 0;

int main() {
  std::thread t1([] {
    x.store(1, std::memory_order_relaxed);
    y.store(2, std::memory_order_relaxed);
  });
  std::thread t2([] {
    y.store(1, std::memory_order_relaxed);
    x.store(2, std::memory_order_relaxed);
  });
  t1.join();
  t2.join();
  std::printf("x=%d y=%d\n", x.load(), y.load());
}
