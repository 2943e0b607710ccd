// try_lock and try_lock_shared never block, so holding one lock while trying the other cannot deadlock.
#include <cassert>
#include <mutex>
#include <shared_mutex>
#include <thread>

std::shared_mutex a, b;
int x = 0, y = 0;

int main() {
  std::thread t([] {
    std::unique_lock first(a);
    std::unique_lock second(b, std::try_to_lock);
    ++x;
    if (second) ++y;
  });
  {
    std::shared_lock first(b);
    std::shared_lock second(a, std::try_to_lock);
    assert(y == 0 || y == 1);
    if (second) assert(x == 0 || x == 1);
  }
  t.join();
  assert(x == 1);
}
