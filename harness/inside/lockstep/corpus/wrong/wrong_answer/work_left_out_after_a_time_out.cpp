// expect: wrong_answer line 13 22
// A thread that does not get the lock in time leaves its work out without telling anybody.
// explore: --time adversarial
#include <cassert>
#include <chrono>
#include <mutex>
#include <thread>

std::timed_mutex m;
int count = 0;

void add() {
  if (!m.try_lock_for(std::chrono::seconds(1))) return;
  ++count;
  m.unlock();
}

int main() {
  std::thread a(add), b(add);
  a.join();
  b.join();
  assert(count == 2);
}
