// With sequentially consistent stores and loads, at least one of two threads sees the store of the other.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> x = 0, y = 0;

int main() {
  int seen_y = -1, seen_x = -1;
  std::thread a([&] {
    x.store(1);
    seen_y = y.load();
  });
  std::thread b([&] {
    y.store(1);
    seen_x = x.load();
  });
  a.join();
  b.join();
  assert(seen_x == 1 || seen_y == 1);
}
