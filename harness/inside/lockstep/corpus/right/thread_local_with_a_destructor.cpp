// Each thread counts in its own thread_local object, whose destructor adds to the total under a lock.
#include <cassert>
#include <mutex>
#include <thread>

std::mutex m;
int total = 0, destroyed = 0;

struct Local {
  int count = 0;
  ~Local() {
    std::lock_guard guard(m);
    total += count;
    ++destroyed;
  }
};
thread_local Local local;

void work() {
  for (int i = 0; i < 3; ++i) ++local.count;
}

int main() {
  std::thread a(work), b(work);
  a.join();
  b.join();
  assert(total == 6 && destroyed == 2);
}
