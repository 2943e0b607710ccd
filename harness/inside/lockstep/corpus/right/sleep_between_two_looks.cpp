// Sleeps between two looks at an atomic flag: slow, but right whatever the sleep takes.
#include <atomic>
#include <cassert>
#include <chrono>
#include <thread>

int main() {
  std::atomic<bool> done = false;
  int result = 0;
  std::thread t([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    result = 7;
    done = true;
  });
  while (!done) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  assert(result == 7);
  t.join();
}
