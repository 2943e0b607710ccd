// expect: wrong_answer line 21 22
// Only one thread waits and only one notifies, but a wait may also end by itself.
// explore: --spurious
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
bool ready = false;

int main() {
  std::thread setter([] {
    std::lock_guard guard(m);
    ready = true;
    cv.notify_one();
  });
  {
    std::unique_lock lock(m);
    if (!ready) cv.wait(lock);
    assert(ready);
  }
  setter.join();
}
