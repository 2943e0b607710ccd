// expect: data_race line 14
// Peterson's algorithm needs sequential consistency: with release and acquire both threads may miss the other's wish.
#include <atomic>
#include <thread>

std::atomic<bool> wants[2] = {false, false};
std::atomic<int> victim = 0;
int count = 0;

void add(int me) {
  wants[me].store(true, std::memory_order_release);
  victim.store(me, std::memory_order_release);
  while (wants[1 - me].load(std::memory_order_acquire) && victim.load(std::memory_order_acquire) == me) std::this_thread::yield();
  ++count;
  wants[me].store(false, std::memory_order_release);
}

int main() {
  std::thread a(add, 0), b(add, 1);
  a.join();
  b.join();
}
