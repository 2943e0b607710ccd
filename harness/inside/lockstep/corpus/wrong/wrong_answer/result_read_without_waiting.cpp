// expect: wrong_answer line 11 12
// The thread is detached and its result is used at once.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> sum = 0;

int main() {
  for (int i = 1; i <= 2; ++i) std::thread([i] { sum += i; }).detach();
  while (sum == 0) std::this_thread::yield();
  assert(sum == 3);
}
