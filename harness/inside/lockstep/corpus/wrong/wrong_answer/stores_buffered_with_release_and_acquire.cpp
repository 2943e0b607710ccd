// expect: wrong_answer line 13 17 21
// Release and acquire do not keep a load behind an earlier store to something else: both threads can miss the other.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> x = 0, y = 0;

int main() {
  int seen_x = -1, seen_y = -1;
  std::thread a([&] {
    x.store(1, std::memory_order_release);
    seen_y = y.load(std::memory_order_acquire);
  });
  std::thread b([&] {
    y.store(1, std::memory_order_release);
    seen_x = x.load(std::memory_order_acquire);
  });
  a.join();
  b.join();
  assert(seen_x == 1 || seen_y == 1);
}
