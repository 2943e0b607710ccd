// expect: data_race line 18 25
// The value is written after the lock was released and before the notify; only the mutex orders, not the notify.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
bool ready = false;
int value = 0;

int main() {
  std::thread setter([] {
    {
      std::lock_guard guard(m);
      ready = true;
    }
    value = 7;
    cv.notify_one();
  });
  int seen;
  {
    std::unique_lock lock(m);
    cv.wait(lock, [] { return ready; });
    seen = value;
  }
  setter.join();
  return seen > 7;
}
