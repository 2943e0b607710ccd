// allowed: r1=0 x=1 | r1=0 x=2 | r1=1 x=1
// forbidden: r1=1 x=2
// S with release and acquire: the later store comes last.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> x = 0, y = 0;

int main() {
  int r1 = -1;
  std::thread t1([] {
    x.store(2, std::memory_order_relaxed);
    y.store(1, std::memory_order_release);
  });
  std::thread t2([&] {
    r1 = y.load(std::memory_order_acquire);
    x.store(1, std::memory_order_relaxed);
  });
  t1.join();
  t2.join();
  std::printf("r1=%d x=%d\n", r1, x.load());
}
