// expect: livelock line 11
// The expected value is set back in each round instead of being read anew, so the exchange fails for ever.
#include <atomic>
#include <thread>

std::atomic<int> value = 0;

void add() {
  for (;;) {
    int expected = 0;
    if (value.compare_exchange_strong(expected, expected + 1)) return;
    std::this_thread::yield();
  }
}

int main() {
  std::thread a(add), b(add);
  a.join();
  b.join();
}
