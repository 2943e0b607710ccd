// Two threads sleep until one moment; neither wakes up before it.
#include <cassert>
#include <chrono>
#include <thread>

int main() {
  const auto moment = std::chrono::steady_clock::now() + std::chrono::milliseconds(2);
  const auto sleep = [moment] {
    std::this_thread::sleep_until(moment);
    assert(std::chrono::steady_clock::now() >= moment);
  };
  std::thread a(sleep), b(sleep);
  a.join();
  b.join();
}
