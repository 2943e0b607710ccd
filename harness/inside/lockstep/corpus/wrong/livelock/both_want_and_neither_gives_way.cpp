// expect: livelock line 11
// Mutual exclusion with two wishes and no turn: if both wish at once, both wait for ever.
#include <atomic>
#include <thread>

std::atomic<bool> wants[2] = {false, false};
std::atomic<int> count = 0;

void add(int me) {
  wants[me] = true;
  while (wants[1 - me]) std::this_thread::yield();
  ++count;
  wants[me] = false;
}

int main() {
  std::thread a(add, 0), b(add, 1);
  a.join();
  b.join();
}
