// expect: misuse line 11 12 14
// The thread locks the mutex by hand and ends on a path without the unlock.
#include <mutex>
#include <thread>

std::mutex m;
int count = 0;

int main() {
  std::thread t([] {
    m.lock();
    if (++count == 1) return;
    m.unlock();
  });
  t.join();
}
