// Notifications that nobody hears do no harm where the condition is kept in a variable.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>

int main() {
  std::mutex m;
  std::condition_variable cv;
  int stage = 0;
  cv.notify_one();
  cv.notify_all();
  std::thread t([&] {
    std::lock_guard guard(m);
    stage = 1;
    cv.notify_all();
    cv.notify_all();
  });
  std::unique_lock lock(m);
  while (stage == 0) cv.wait(lock);
  lock.unlock();
  t.join();
}
