// expect: wrong_answer line 15 16
// The woken consumer does not look again, though another one may have taken the item before it got the lock back.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
int items = 0;

int main() {
  std::thread sleeper([] {
    std::unique_lock lock(m);
    if (items == 0) cv.wait(lock);
    assert(items > 0);
    --items;
  });
  std::thread thief([] {
    std::lock_guard guard(m);
    if (items > 0) --items;
  });
  {
    std::lock_guard guard(m);
    ++items;
    cv.notify_one();
  }
  thief.join();
  {
    std::lock_guard guard(m);
    items += 2;
    cv.notify_one();
  }
  sleeper.join();
}
