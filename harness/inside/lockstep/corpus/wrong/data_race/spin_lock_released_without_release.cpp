// expect: data_race line 11
// The spin lock is given back with a relaxed store, so the next owner does not see what the last one wrote.
#include <atomic>
#include <thread>

std::atomic<bool> taken = false;
int count = 0;

void add() {
  while (taken.exchange(true, std::memory_order_acquire)) std::this_thread::yield();
  ++count;
  taken.store(false, std::memory_order_relaxed);
}

int main() {
  std::thread a(add), b(add);
  a.join();
  b.join();
}
