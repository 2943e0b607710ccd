// expect: data_race line 11 18
// The release fence stands after the store that publishes, where it orders nothing for the reader.
#include <atomic>
#include <thread>

int data = 0;
std::atomic<int> ready = 0;

int main() {
  std::thread writer([] {
    data = 1;
    ready.store(1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release);
  });
  int seen = 1;
  if (ready.load(std::memory_order_relaxed)) {
    std::atomic_thread_fence(std::memory_order_acquire);
    seen = data;
  }
  writer.join();
  return seen > 1;
}
