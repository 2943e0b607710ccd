// Peterson's mutual exclusion of two threads with sequentially consistent atomics.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<bool> wants[2] = {false, false};
std::atomic<int> victim = 0;
int count = 0;

void add(int me) {
  wants[me] = true;
  victim = me;
  while (wants[1 - me] && victim == me) std::this_thread::yield();
  ++count;
  wants[me] = false;
}

int main() {
  std::thread a(add, 0), b(add, 1);
  a.join();
  b.join();
  assert(count == 2);
}
