// std::try_lock takes both mutexes or none; the one that failed is known, and the work is done another way.
#include <cassert>
#include <mutex>
#include <thread>

std::mutex a, b;
int x = 0, y = 0;

void add_one_to_both() {
  const int failed = std::try_lock(a, b);
  if (failed != -1) {
    assert(failed == 0 || failed == 1);
    std::lock(b, a);
  }
  ++x;
  ++y;
  a.unlock();
  b.unlock();
}

int main() {
  std::thread t(add_one_to_both);
  add_one_to_both();
  t.join();
  assert(x == 2 && y == 2);
}
