// allowed: r1=0 r2=0 r3=0 | r1=0 r2=0 r3=1 | r1=0 r2=1 r3=0 | r1=0 r2=1 r3=1 | r1=1 r2=0 r3=0 | r1=1 r2=0 r3=1 | r1=1 r2=1 r3=1
// forbidden: r1=1 r2=1 r3=0
// WRC with release and acquire, which add up over the thread in between.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> x = 0, y = 0;

int main() {
  int r1 = -1, r2 = -1, r3 = -1;
  std::thread t1([] { x.store(1, std::memory_order_release); });
  std::thread t2([&] {
    r1 = x.load(std::memory_order_acquire);
    y.store(1, std::memory_order_release);
  });
  std::thread t3([&] {
    r2 = y.load(std::memory_order_acquire);
    r3 = x.load(std::memory_order_acquire);
  });
  t1.join();
  t2.join();
  t3.join();
  std::printf("r1=%d r2=%d r3=%d\n", r1, r2, r3);
}
