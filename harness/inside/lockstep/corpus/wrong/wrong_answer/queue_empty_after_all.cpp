// expect: wrong_answer line 17 18
// The consumer waits for an item, gives up the lock and takes the item under a new hold: another one was faster.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
int items = 0;

void consume() {
  {
    std::unique_lock lock(m);
    cv.wait(lock, [] { return items > 0; });
  }
  std::lock_guard guard(m);
  assert(items > 0);
  --items;
}

int main() {
  std::thread a(consume), b(consume);
  for (int i = 0; i < 2; ++i) {
    std::lock_guard guard(m);
    ++items;
    cv.notify_all();
  }
  a.join();
  b.join();
}
