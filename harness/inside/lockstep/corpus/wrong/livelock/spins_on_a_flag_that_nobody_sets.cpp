// expect: livelock line 10
// The worker sets another flag than the one that main spins on.
#include <atomic>
#include <thread>

std::atomic<bool> started = false, finished = false;

int main() {
  std::thread t([] { started = true; });
  while (!finished) std::this_thread::yield();
  t.join();
}
