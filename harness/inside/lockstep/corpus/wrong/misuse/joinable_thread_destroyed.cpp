// expect: misuse line 9 10
// A std::thread goes out of scope without having been joined or detached.
#include <atomic>
#include <thread>

std::atomic<int> count = 0;

void start() {
  std::thread t([] { ++count; });
}

int main() { start(); }
