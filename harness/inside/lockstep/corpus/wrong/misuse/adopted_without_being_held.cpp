// expect: misuse line 11 13
// A guard adopts a mutex that nobody has locked, and unlocks it at its end.
#include <mutex>
#include <thread>

std::mutex m;
int count = 0;

int main() {
  std::thread t([] {
    std::lock_guard guard(m, std::adopt_lock);
    ++count;
  });
  t.join();
}
