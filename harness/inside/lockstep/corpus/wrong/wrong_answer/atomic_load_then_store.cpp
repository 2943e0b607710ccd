// expect: wrong_answer line 9 15
// The counter is atomic, but load and store are two operations: an addition gets lost between them.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<int> count = 0;

void add() { count = count + 1; }

int main() {
  std::thread a(add), b(add);
  a.join();
  b.join();
  assert(count == 2);
}
