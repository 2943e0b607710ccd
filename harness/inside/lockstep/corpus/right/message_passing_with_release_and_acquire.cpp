// The data is written before a release store, and read only after an acquire load has seen it.
#include <atomic>
#include <cassert>
#include <thread>

int data = 0;
std::atomic<bool> ready = false;

int main() {
  std::thread writer([] {
    data = 11;
    ready.store(true, std::memory_order_release);
  });
  std::thread reader([] {
    if (ready.load(std::memory_order_acquire)) assert(data == 11);
  });
  writer.join();
  reader.join();
}
