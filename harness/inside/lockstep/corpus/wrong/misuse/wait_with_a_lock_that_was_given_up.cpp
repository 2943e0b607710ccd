// expect: misuse line 22
// The unique_lock was unlocked before it is given to the wait.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
bool ready = false;

int main() {
  std::thread t([] {
    std::lock_guard guard(m);
    ready = true;
    cv.notify_one();
  });
  {
    std::unique_lock lock(m);
    while (!ready) {
      lock.unlock();
      std::this_thread::yield();
      cv.wait(lock);
    }
  }
  t.join();
}
