// Waits in slices of the system clock and looks at the condition after each, until it holds.
#include <cassert>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
int arrived = 0;

void arrive() {
  std::lock_guard guard(m);
  ++arrived;
  cv.notify_one();
}

int main() {
  std::thread a(arrive), b(arrive);
  {
    std::unique_lock lock(m);
    while (arrived < 2) cv.wait_until(lock, std::chrono::system_clock::now() + std::chrono::milliseconds(1));
  }
  a.join();
  b.join();
  assert(arrived == 2);
}
