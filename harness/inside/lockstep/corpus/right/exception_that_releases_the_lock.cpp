// An exception inside the critical section releases the lock on its way out and is caught in the thread.
#include <cassert>
#include <mutex>
#include <stdexcept>
#include <thread>

std::mutex m;
int entered = 0, failed = 0;

void work(bool fails) {
  try {
    std::lock_guard guard(m);
    ++entered;
    if (fails) throw std::logic_error("fails");
  } catch (const std::logic_error&) {
    std::lock_guard guard(m);
    ++failed;
  }
}

int main() {
  std::thread a(work, true), b(work, false);
  a.join();
  b.join();
  assert(entered == 2 && failed == 1);
}
