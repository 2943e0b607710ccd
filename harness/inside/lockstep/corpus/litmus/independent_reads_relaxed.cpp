// allowed: r1=0 r2=0 r3=0 r4=0 | r1=0 r2=0 r3=0 r4=1 | r1=0 r2=0 r3=1 r4=0 | r1=0 r2=0 r3=1 r4=1 | r1=0 r2=1 r3=0 r4=0 | r1=0 r2=1 r3=0 r4=1
// allowed: r1=0 r2=1 r3=1 r4=0 | r1=0 r2=1 r3=1 r4=1 | r1=1 r2=0 r3=0 r4=0 | r1=1 r2=0 r3=0 r4=1 | r1=1 r2=0 r3=1 r4=0 | r1=1 r2=0 r3=1 r4=1
// allowed: r1=1 r2=1 r3=0 r4=0 | r1=1 r2=1 r3=0 r4=1 | r1=1 r2=1 r3=1 r4=0 | r1=1 r2=1 r3=1 r4=1
// Independent reads of independent writes, relaxed: the readers may see the writes in opposite orders.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> x = 0, y = 0;

int main() {
  int r1 = -1, r2 = -1, r3 = -1, r4 = -1;
  std::thread t1([] { x.store(1, std::memory_order_relaxed); });
  std::thread t2([] { y.store(1, std::memory_order_relaxed); });
  std::thread t3([&] {
    r1 = x.load(std::memory_order_relaxed);
    r2 = y.load(std::memory_order_relaxed);
  });
  std::thread t4([&] {
    r3 = y.load(std::memory_order_relaxed);
    r4 = x.load(std::memory_order_relaxed);
  });
  t1.join();
  t2.join();
  t3.join();
  t4.join();
  std::printf("r1=%d r2=%d r3=%d r4=%d\n", r1, r2, r3, r4);
}
