// expect: wrong_answer line 15 18 22
// With acquire loads, two readers may see two independent writes in opposite orders.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> x = 0, y = 0;

int main() {
  int x1 = 0, y1 = 0, x2 = 0, y2 = 0;
  std::thread write_x([] { x.store(1, std::memory_order_release); });
  std::thread write_y([] { y.store(1, std::memory_order_release); });
  std::thread reader([&] {
    x1 = x.load(std::memory_order_acquire);
    y1 = y.load(std::memory_order_acquire);
  });
  y2 = y.load(std::memory_order_acquire);
  x2 = x.load(std::memory_order_acquire);
  write_x.join();
  write_y.join();
  reader.join();
  assert(!(x1 == 1 && y1 == 0 && y2 == 1 && x2 == 0));
}
