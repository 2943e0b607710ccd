// expect: data_race line 11 16
// The writer has its fence, the reader has none.
#include <atomic>
#include <thread>

int data = 0;
std::atomic<int> ready = 0;

int main() {
  std::thread writer([] {
    data = 1;
    std::atomic_thread_fence(std::memory_order_release);
    ready.store(1, std::memory_order_relaxed);
  });
  int seen = 1;
  if (ready.load(std::memory_order_relaxed)) seen = data;
  writer.join();
  return seen > 1;
}
