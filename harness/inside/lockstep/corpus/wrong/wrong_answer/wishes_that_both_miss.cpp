// expect: wrong_answer line 12 19
// Two threads announce themselves and look for the other one, relaxed: both go in.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<bool> here[2] = {false, false};
std::atomic<int> inside = 0;

void enter(int me) {
  here[me].store(true, std::memory_order_relaxed);
  if (!here[1 - me].load(std::memory_order_relaxed)) inside.fetch_add(1);
}

int main() {
  std::thread a(enter, 0), b(enter, 1);
  a.join();
  b.join();
  assert(inside <= 1);
}
