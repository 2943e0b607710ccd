// expect: deadlock line 13 21
// The waiter keeps an outer lock while it waits, and the one that would notify needs the outer lock first.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex outer, inner;
std::condition_variable cv;
bool ready = false;

int main() {
  std::thread setter([] {
    std::lock_guard first(outer);
    std::lock_guard second(inner);
    ready = true;
    cv.notify_one();
  });
  {
    std::lock_guard first(outer);
    std::unique_lock second(inner);
    cv.wait(second, [] { return ready; });
  }
  setter.join();
}
