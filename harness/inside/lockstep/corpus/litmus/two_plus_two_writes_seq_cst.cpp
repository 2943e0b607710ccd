// allowed: x=1 y=2 | x=2 y=1 | x=2 y=2
// forbidden: x=1 y=1
// 2+2W with sequentially consistent stores.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> x = 0, y = 0;

int main() {
  std::thread t1([] {
    x.store(1, std::memory_order_seq_cst);
    y.store(2, std::memory_order_seq_cst);
  });
  std::thread t2([] {
    y.store(1, std::memory_order_seq_cst);
    x.store(2, std::memory_order_seq_cst);
  });
  t1.join();
  t2.join();
  std::printf("x=%d y=%d\n", x.load(), y.load());
}
