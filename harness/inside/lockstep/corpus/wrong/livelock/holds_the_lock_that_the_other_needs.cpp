// expect: livelock line 12 17
// main spins, under the lock, for a flag that the other thread sets under the same lock.
#include <atomic>
#include <mutex>
#include <thread>

std::mutex m;
std::atomic<bool> ready = false;

int main() {
  std::thread t([] {
    std::lock_guard guard(m);
    ready = true;
  });
  {
    std::lock_guard guard(m);
    while (!ready) std::this_thread::yield();
  }
  t.join();
}
