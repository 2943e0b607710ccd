// condition_variable_any works with any lock: here a recursive mutex, held once.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>

int main() {
  std::recursive_mutex m;
  std::condition_variable_any cv;
  bool ready = false;
  std::thread waiter([&] {
    std::unique_lock lock(m);
    while (!ready) cv.wait(lock);
  });
  {
    std::lock_guard outer(m);
    std::lock_guard inner(m);
    ready = true;
    cv.notify_one();
  }
  waiter.join();
}
