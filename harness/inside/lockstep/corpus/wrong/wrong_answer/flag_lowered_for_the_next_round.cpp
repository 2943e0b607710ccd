// expect: wrong_answer line 20 24
// The consumer lowers the flag after it has read the value, and may wipe out the sign for the next value.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> value = 0;
std::atomic<bool> fresh = false;

int main() {
  std::thread producer([] {
    for (int i = 1; i <= 2; ++i) {
      value = i;
      fresh = true;
    }
  });
  int last = 0;
  if (fresh) {
    last = value;
    fresh = false;
  }
  producer.join();
  if (fresh) last = value;
  assert(last == 0 || last == 2);
}
