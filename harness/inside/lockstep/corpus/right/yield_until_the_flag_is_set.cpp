// Spins with yield on an atomic flag that another thread will set.
#include <atomic>
#include <cassert>
#include <thread>

int main() {
  std::atomic<bool> go = false;
  int data = 0;
  std::thread t([&] {
    while (!go.load(std::memory_order_acquire)) std::this_thread::yield();
    assert(data == 1);
  });
  data = 1;
  go.store(true, std::memory_order_release);
  t.join();
}
