// expect: livelock line 11
// Sleeps and looks, again and again, for a value that will never come.
#include <atomic>
#include <chrono>
#include <thread>

std::atomic<int> arrived = 0;

int main() {
  std::thread t([] { ++arrived; });
  while (arrived < 2) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  t.join();
}
