// expect: wrong_answer line 10 17
// A smaller value overwrites a larger one that came between the look and the store.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> largest = 0;

void offer(int value) {
  if (largest.load() < value) largest.store(value);
}

int main() {
  std::thread a(offer, 3), b(offer, 5);
  a.join();
  b.join();
  assert(largest == 5);
}
