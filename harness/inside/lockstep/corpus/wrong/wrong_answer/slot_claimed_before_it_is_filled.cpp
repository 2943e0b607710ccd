// expect: wrong_answer line 11 12 14
// The producer raises the number of items before the item is in its slot.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> slot[2], filled = 0;

int main() {
  std::thread producer([] {
    const int at = filled.fetch_add(1);
    slot[at] = 5;
  });
  if (filled > 0) assert(slot[0] == 5);
  producer.join();
}
