// Reads the clock in a loop until a deadline is over; the clock goes on, so the loop ends.
#include <atomic>
#include <cassert>
#include <chrono>
#include <thread>

int main() {
  using Clock = std::chrono::steady_clock;
  std::atomic<int> work = 0;
  std::thread t([&] { ++work; });
  const auto deadline = Clock::now() + std::chrono::microseconds(5);
  while (work == 0 && Clock::now() < deadline) {
  }
  t.join();
  assert(work == 1);
}
