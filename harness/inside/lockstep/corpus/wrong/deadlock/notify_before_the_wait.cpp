// expect: deadlock line 17
// The notification is not kept in a variable: if it comes before the wait, nobody wakes the waiter.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;

int main() {
  std::thread setter([] {
    std::lock_guard guard(m);
    cv.notify_one();
  });
  {
    std::unique_lock lock(m);
    cv.wait(lock);
  }
  setter.join();
}
