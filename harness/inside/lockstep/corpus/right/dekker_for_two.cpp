// Dekker's mutual exclusion: the one whose turn it is not steps back.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<bool> wants[2] = {false, false};
std::atomic<int> turn = 0;
int count = 0;

void add(int me) {
  const int other = 1 - me;
  wants[me] = true;
  while (wants[other]) {
    if (turn != me) {
      wants[me] = false;
      while (turn != me) std::this_thread::yield();
      wants[me] = true;
    }
  }
  ++count;
  turn = other;
  wants[me] = false;
}

int main() {
  std::thread a(add, 0), b(add, 1);
  a.join();
  b.join();
  assert(count == 2);
}
