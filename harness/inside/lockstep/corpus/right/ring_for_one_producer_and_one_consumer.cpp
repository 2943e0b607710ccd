// A ring buffer with an atomic index on each side, for one producer and one consumer.
#include <atomic>
#include <cassert>
#include <thread>

int ring[2];
std::atomic<unsigned> written = 0, taken = 0;

void put(int value) {
  const unsigned at = written.load(std::memory_order_relaxed);
  while (at - taken.load(std::memory_order_acquire) == 2) std::this_thread::yield();
  ring[at % 2] = value;
  written.store(at + 1, std::memory_order_release);
}
int get() {
  const unsigned at = taken.load(std::memory_order_relaxed);
  while (written.load(std::memory_order_acquire) == at) std::this_thread::yield();
  const int value = ring[at % 2];
  taken.store(at + 1, std::memory_order_release);
  return value;
}

int main() {
  std::thread producer([] {
    for (int i = 1; i <= 3; ++i) put(i);
  });
  for (int i = 1; i <= 3; ++i) assert(get() == i);
  producer.join();
}
