// A relaxed read-modify-write of a third thread continues the release sequence, so the reader still sees the data.
#include <atomic>
#include <cassert>
#include <thread>

int data = 0;
std::atomic<int> stage = 0;

int main() {
  std::thread writer([] {
    data = 1;
    stage.store(1, std::memory_order_release);
  });
  std::thread relay([] {
    int expected = 1;
    stage.compare_exchange_strong(expected, 2, std::memory_order_relaxed);
  });
  if (stage.load(std::memory_order_acquire) >= 1) assert(data == 1);
  writer.join();
  relay.join();
}
