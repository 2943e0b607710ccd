// allowed: r1=0 r2=0 | r1=0 r2=1 | r1=1 r2=0
// forbidden: r1=1 r2=1
// Load buffering with sequentially consistent accesses.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> x = 0, y = 0;

int main() {
  int r1 = -1, r2 = -1;
  std::thread t1([&] {
    r1 = x.load(std::memory_order_seq_cst);
    y.store(1, std::memory_order_seq_cst);
  });
  std::thread t2([&] {
    r2 = y.load(std::memory_order_seq_cst);
    x.store(1, std::memory_order_seq_cst);
  });
  t1.join();
  t2.join();
  std::printf("r1=%d r2=%d\n", r1, r2);
}
