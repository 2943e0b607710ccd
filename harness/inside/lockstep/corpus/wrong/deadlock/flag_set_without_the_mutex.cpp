// expect: deadlock line 19
// The atomic flag is set and notified without the mutex, which fits between the waiter's look and its sleep.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
std::atomic<bool> ready = false;

int main() {
  std::thread setter([] {
    ready = true;
    cv.notify_one();
  });
  {
    std::unique_lock lock(m);
    while (!ready) cv.wait(lock);
  }
  setter.join();
}
