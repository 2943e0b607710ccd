// expect: deadlock line 24
// The waiter looks at the flag before it takes the lock, and sleeps without looking again.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
bool ready = false;

bool is_ready() {
  std::lock_guard guard(m);
  return ready;
}

int main() {
  std::thread setter([] {
    std::lock_guard guard(m);
    ready = true;
    cv.notify_one();
  });
  if (!is_ready()) {
    std::unique_lock lock(m);
    cv.wait(lock);
  }
  setter.join();
}
