// expect: data_race line 11 19
// A third thread overwrites the flag with a relaxed store, which ends the release sequence of the writer.
#include <atomic>
#include <thread>

int data = 0;
std::atomic<int> stage = 0;

int main() {
  std::thread writer([] {
    data = 1;
    stage.store(1, std::memory_order_release);
  });
  std::thread relay([] {
    if (stage.load(std::memory_order_relaxed) == 1) stage.store(2, std::memory_order_relaxed);
  });
  int seen = 1;
  if (stage.load(std::memory_order_acquire) == 2) {
    seen = data;
  }
  writer.join();
  relay.join();
  return seen > 1;
}
