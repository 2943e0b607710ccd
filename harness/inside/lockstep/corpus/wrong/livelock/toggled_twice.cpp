// expect: livelock line 10
// Two threads each toggle a bit and wait until it is set, but the second toggle takes back the first one.
#include <atomic>
#include <thread>

std::atomic<unsigned> bit = 0;

void meet() {
  bit.fetch_xor(1);
  while (bit.load() == 0) std::this_thread::yield();
}

int main() {
  std::thread a(meet), b(meet);
  a.join();
  b.join();
}
