// Waits until a deadline; a time-out is only reported when the deadline is over.
#include <cassert>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

int main() {
  using Clock = std::chrono::steady_clock;
  std::mutex m;
  std::condition_variable cv;
  bool ready = false;
  std::thread setter([&] {
    {
      std::lock_guard guard(m);
      ready = true;
    }
    cv.notify_all();
  });
  const auto deadline = Clock::now() + std::chrono::milliseconds(3);
  {
    std::unique_lock lock(m);
    while (!ready) {
      if (cv.wait_until(lock, deadline) == std::cv_status::timeout) {
        assert(Clock::now() >= deadline);
        break;
      }
    }
  }
  setter.join();
  assert(ready);
}
