// expect: wrong_answer line 11 12 15
// Both halves are atomic, the pair is not: a reader sees the new one of the first and the old one of the second.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> low = 0, high = 0;

int main() {
  std::thread writer([] {
    low = 1;
    high = 1;
  });
  const int h = high, l = low;
  assert(h == l);
  writer.join();
}
