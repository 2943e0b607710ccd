// The steady clock read by one thread, then by another one that it started, does not go back.
#include <cassert>
#include <chrono>
#include <thread>

int main() {
  using Clock = std::chrono::steady_clock;
  const auto before = Clock::now();
  std::thread t([before] { assert(Clock::now() >= before); });
  t.join();
  assert(Clock::now() >= before);
}
