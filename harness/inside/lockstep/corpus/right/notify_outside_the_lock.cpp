// The condition is made true under the lock and notified after it was released.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>

int main() {
  std::mutex m;
  std::condition_variable cv;
  bool ready = false;
  int value = 0;
  std::thread setter([&] {
    {
      std::lock_guard guard(m);
      value = 42;
      ready = true;
    }
    cv.notify_one();
  });
  {
    std::unique_lock lock(m);
    cv.wait(lock, [&] { return ready; });
    assert(value == 42);
  }
  setter.join();
}
