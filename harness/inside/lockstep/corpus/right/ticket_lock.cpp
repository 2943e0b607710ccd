// A fair lock: draw a number, wait until it is served.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> next_number = 0, served = 0;
int count = 0;

void add() {
  const int mine = next_number.fetch_add(1, std::memory_order_relaxed);
  while (served.load(std::memory_order_acquire) != mine) std::this_thread::yield();
  ++count;
  served.store(mine + 1, std::memory_order_release);
}

int main() {
  std::thread a(add), b(add), c(add);
  a.join();
  b.join();
  c.join();
  assert(count == 3);
}
