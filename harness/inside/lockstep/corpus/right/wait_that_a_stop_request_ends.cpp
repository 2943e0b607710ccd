// A wait with a stop_token ends when the stop is requested, though the condition never holds.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

int main() {
  std::mutex m;
  std::condition_variable_any cv;
  bool work = false, stopped = false;
  {
    std::jthread worker([&](std::stop_token token) {
      std::unique_lock lock(m);
      const bool got_work = cv.wait(lock, token, [&] { return work; });
      assert(!got_work && token.stop_requested());
      stopped = true;
    });
  }
  assert(stopped);
}
