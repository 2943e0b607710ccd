// A waiter with a time limit copes with both ends: the value came, or it did not come in time.
#include <cassert>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

int main() {
  std::mutex m;
  std::condition_variable cv;
  int value = 0;
  std::thread setter([&] {
    std::lock_guard guard(m);
    value = 3;
    cv.notify_one();
  });
  {
    std::unique_lock lock(m);
    const bool came = cv.wait_for(lock, std::chrono::milliseconds(4), [&] { return value != 0; });
    assert(came == (value == 3));
  }
  setter.join();
  assert(value == 3);
}
