// Two locks are taken in opposite orders, but only by who holds a third one: no deadlock can happen.
#include <cassert>
#include <mutex>
#include <thread>

std::mutex gate, a, b;
int count = 0;

int main() {
  std::thread t([] {
    std::lock_guard g(gate);
    std::lock_guard first(a);
    std::lock_guard second(b);
    ++count;
  });
  {
    std::lock_guard g(gate);
    std::lock_guard first(b);
    std::lock_guard second(a);
    ++count;
  }
  t.join();
  assert(count == 2);
}
