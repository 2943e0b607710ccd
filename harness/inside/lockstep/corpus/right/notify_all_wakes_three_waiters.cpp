// One notify_all for three waiters of the same condition.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
bool open = false;
int passed = 0;

void pass() {
  std::unique_lock lock(m);
  while (!open) cv.wait(lock);
  ++passed;
}

int main() {
  std::thread a(pass), b(pass), c(pass);
  {
    std::lock_guard guard(m);
    open = true;
    cv.notify_all();
  }
  a.join();
  b.join();
  c.join();
  assert(passed == 3);
}
