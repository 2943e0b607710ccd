// expect: wrong_answer line 13 16
// The worker looks at the stop token before the work and not in between, so work is done after the stop was confirmed.
#include <atomic>
#include <cassert>
#include <stop_token>
#include <thread>

std::atomic<bool> stopped = false;

int main() {
  std::jthread worker([](std::stop_token token) {
    if (token.stop_requested()) return;
    assert(!stopped);
  });
  worker.request_stop();
  stopped = true;
}
