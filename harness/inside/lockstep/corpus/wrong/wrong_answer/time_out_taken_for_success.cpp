// expect: wrong_answer line 22 23
// The wait has a limit, and what follows goes on as if the value had come.
// explore: --time adversarial
#include <cassert>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
int value = 0;

int main() {
  std::thread setter([] {
    std::lock_guard guard(m);
    value = 1;
    cv.notify_one();
  });
  {
    std::unique_lock lock(m);
    cv.wait_for(lock, std::chrono::seconds(5), [] { return value != 0; });
    assert(value == 1);
  }
  setter.join();
}
