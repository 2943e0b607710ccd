// expect: wrong_answer line 12 19
// The once_flag is a local variable, so each call has a new one.
#include <atomic>
#include <cassert>
#include <mutex>
#include <thread>

std::atomic<int> initialised = 0;

void use() {
  std::once_flag flag;
  std::call_once(flag, [] { ++initialised; });
}

int main() {
  std::thread a(use), b(use);
  a.join();
  b.join();
  assert(initialised == 1);
}
