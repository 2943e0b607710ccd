// A release fence before a relaxed store and an acquire fence after a relaxed load order the plain data.
#include <atomic>
#include <cassert>
#include <thread>

int data = 0;
std::atomic<int> ready = 0;

int main() {
  std::thread writer([] {
    data = 11;
    std::atomic_thread_fence(std::memory_order_release);
    ready.store(1, std::memory_order_relaxed);
  });
  std::thread reader([] {
    if (ready.load(std::memory_order_relaxed) == 1) {
      std::atomic_thread_fence(std::memory_order_acquire);
      assert(data == 11);
    }
  });
  writer.join();
  reader.join();
}
