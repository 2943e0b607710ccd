// expect: livelock line 20
// A wait with a time limit in a loop hides that the condition will never hold.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
int items = 0;

int main() {
  std::thread t([] {
    std::lock_guard guard(m);
    ++items;
    cv.notify_one();
  });
  {
    std::unique_lock lock(m);
    while (items < 2) cv.wait_for(lock, std::chrono::milliseconds(1));
  }
  t.join();
}
