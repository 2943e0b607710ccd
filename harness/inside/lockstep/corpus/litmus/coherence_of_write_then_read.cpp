// allowed: r1=1 x=1 | r1=1 x=2 | r1=2 x=2
// forbidden: r1=0 x=1 | r1=0 x=2 | r1=2 x=1
// CoWR: a thread that has stored never reads an older value.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> x = 0;

int main() {
  int r1 = -1;
  std::thread t1([&] {
    x.store(1, std::memory_order_relaxed);
    r1 = x.load(std::memory_order_relaxed);
  });
  std::thread t2([] { x.store(2, std::memory_order_relaxed); });
  t1.join();
  t2.join();
  std::printf("r1=%d x=%d\n", r1, x.load());
}
