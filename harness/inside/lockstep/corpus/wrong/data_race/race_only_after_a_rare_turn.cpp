// expect: data_race line 14 16
// Only the thread that comes second takes the path without the lock.
#include <atomic>
#include <mutex>
#include <thread>

std::mutex m;
std::atomic<int> arrivals = 0;
int value = 0;

void store() {
  if (arrivals.fetch_add(1, std::memory_order_relaxed) == 0) {
    std::lock_guard guard(m);
    value = 1;
  } else {
    value = 2;
  }
}

int main() {
  std::thread a(store), b(store);
  a.join();
  b.join();
}
