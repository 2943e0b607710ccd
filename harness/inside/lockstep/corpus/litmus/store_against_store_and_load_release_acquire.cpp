// allowed: r1=0 y=1 | r1=0 y=2 | r1=1 y=1 | r1=1 y=2
// R with release and acquire: the second thread may come last at y and still miss x.
#include <atomic>
#include <cstdio>
#include <thread>

std::atomic<int> x = 0, y = 0;

int main() {
  int r1 = -1;
  std::thread t1([] {
    x.store(1, std::memory_order_release);
    y.store(1, std::memory_order_release);
  });
  std::thread t2([&] {
    y.store(2, std::memory_order_release);
    r1 = x.load(std::memory_order_acquire);
  });
  t1.join();
  t2.join();
  std::printf("r1=%d y=%d\n", r1, y.load());
}
