// Whoever waits for some time to pass waits again when it was woken for nothing.
// explore: --spurious
#include <cassert>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace std::chrono;

static std::mutex m;
static std::condition_variable changed;
static bool ready = false;

static bool wait_until_ready(steady_clock::time_point deadline) {
  std::unique_lock lock(m);
  while (!ready)
    if (changed.wait_until(lock, deadline) == std::cv_status::timeout) return ready;
  return true;
}

int main() {
  const auto begin = steady_clock::now();
  std::thread other([] { wait_until_ready(steady_clock::now() + milliseconds(20)); });
  const bool seen = wait_until_ready(begin + milliseconds(50));
  assert(!seen && steady_clock::now() - begin >= milliseconds(50));
  other.join();
}
