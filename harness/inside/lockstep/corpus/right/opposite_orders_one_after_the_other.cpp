// Two threads take two locks in opposite orders, but the second thread starts after the first has ended.
#include <cassert>
#include <mutex>
#include <thread>

std::mutex a, b;
int count = 0;

int main() {
  std::thread first([] {
    std::lock_guard one(a);
    std::lock_guard two(b);
    ++count;
  });
  first.join();
  std::thread second([] {
    std::lock_guard one(b);
    std::lock_guard two(a);
    ++count;
  });
  second.join();
  assert(count == 2);
}
