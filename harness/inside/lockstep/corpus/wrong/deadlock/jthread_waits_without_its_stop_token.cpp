// expect: deadlock line 14
// The destructor of the jthread requests the stop and joins, but the worker waits for something else.
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

int main() {
  std::mutex m;
  std::condition_variable cv;
  bool work = false;
  std::jthread worker([&](std::stop_token token) {
    std::unique_lock lock(m);
    cv.wait(lock, [&] { return work || token.stop_requested(); });
  });
}
