// expect: data_race line 11 15
// The store is a release, but the load is relaxed: only both together order the data.
#include <atomic>
#include <thread>

int data = 0;
std::atomic<int> ready = 0;

int main() {
  std::thread writer([] {
    data = 1;
    ready.store(1, std::memory_order_release);
  });
  while (ready.load(std::memory_order_relaxed) == 0) std::this_thread::yield();
  const int seen = data;
  writer.join();
  return seen > 1;
}
