// expect: wrong_answer line 13 15 16
// The data are atomic too, so there is no race, but relaxed stores may become visible in the other order.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> data = 0;
std::atomic<bool> ready = false;

int main() {
  std::thread writer([] {
    data.store(1, std::memory_order_relaxed);
    ready.store(true, std::memory_order_relaxed);
  });
  if (ready.load(std::memory_order_relaxed)) {
    assert(data.load(std::memory_order_relaxed) == 1);
  }
  writer.join();
}
