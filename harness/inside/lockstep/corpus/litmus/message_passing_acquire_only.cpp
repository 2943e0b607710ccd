// allowed: r1=0 r2=0 | r1=0 r2=1 | r1=1 r2=0 | r1=1 r2=1
// Message passing with a relaxed store and an acquire load of the flag.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> x = 0, y = 0;

int main() {
  int r1 = -1, r2 = -1;
  std::thread t1([] {
    x.store(1, std::memory_order_relaxed);
    y.store(1, std::memory_order_relaxed);
  });
  std::thread t2([&] {
    r1 = y.load(std::memory_order_acquire);
    r2 = x.load(std::memory_order_relaxed);
  });
  t1.join();
  t2.join();
  std::printf("r1=%d r2=%d\n", r1, r2);
}
