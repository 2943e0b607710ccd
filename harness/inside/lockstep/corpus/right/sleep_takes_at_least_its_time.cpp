// A sleep is never shorter than what was asked for, by the steady clock.
#include <cassert>
#include <chrono>
#include <thread>

int main() {
  using Clock = std::chrono::steady_clock;
  const auto nap = [](std::chrono::milliseconds time) {
    const auto begin = Clock::now();
    std::this_thread::sleep_for(time);
    assert(Clock::now() - begin >= time);
  };
  std::thread a(nap, std::chrono::milliseconds(3));
  nap(std::chrono::milliseconds(1));
  a.join();
}
