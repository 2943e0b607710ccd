// expect: data_race line 12 15
// The flag is published with release before the data is written, not after it.
#include <atomic>
#include <thread>

int data = 0;
std::atomic<bool> ready = false;

int main() {
  std::thread writer([] {
    ready.store(true, std::memory_order_release);
    data = 1;
  });
  int seen = 1;
  if (ready.load(std::memory_order_acquire)) seen = data;
  writer.join();
  return seen > 1;
}
