// A release fence on one side and a plain acquire load on the other are enough.
#include <atomic>
#include <cassert>
#include <thread>

int a = 0, b = 0;
std::atomic<int> flag = 0;

int main() {
  std::thread writer([] {
    a = 1;
    b = 2;
    std::atomic_thread_fence(std::memory_order_release);
    flag.store(1, std::memory_order_relaxed);
  });
  while (flag.load(std::memory_order_acquire) == 0) std::this_thread::yield();
  assert(a == 1 && b == 2);
  writer.join();
}
