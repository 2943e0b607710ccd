// A sequence lock after Boehm: the data are relaxed atomics, and a reader that saw an odd or a changed number tries again.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<unsigned> sequence = 0;
std::atomic<int> x = 0, y = 0;

void write(int value) {
  const unsigned before = sequence.load(std::memory_order_relaxed);
  sequence.store(before + 1, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_release);
  x.store(value, std::memory_order_relaxed);
  y.store(value, std::memory_order_relaxed);
  sequence.store(before + 2, std::memory_order_release);
}

void read() {
  unsigned before, after;
  int a, b;
  do {
    before = sequence.load(std::memory_order_acquire);
    a = x.load(std::memory_order_relaxed);
    b = y.load(std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_acquire);
    after = sequence.load(std::memory_order_relaxed);
    if (before % 2 != 0 || before != after) std::this_thread::yield();
  } while (before % 2 != 0 || before != after);
  assert(a == b);
}

int main() {
  std::thread writer([] {
    write(1);
    write(2);
  });
  std::thread reader([] { read(); });
  writer.join();
  reader.join();
}
