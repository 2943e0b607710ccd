// expect: data_race line 11 15
// The flag is atomic but relaxed, so it does not order the plain data.
#include <atomic>
#include <thread>

int data = 0;
std::atomic<bool> ready = false;

int main() {
  std::thread writer([] {
    data = 1;
    ready.store(true, std::memory_order_relaxed);
  });
  int seen = 1;
  if (ready.load(std::memory_order_relaxed)) seen = data;
  writer.join();
  return seen > 1;
}
