// expect: deadlock line 17
// The producer notifies only when the queue was empty, so of two sleeping consumers one can sleep on with a full queue.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable not_empty;
int items = 0;

void put() {
  std::lock_guard guard(m);
  if (items++ == 0) not_empty.notify_one();
}
void get() {
  std::unique_lock lock(m);
  not_empty.wait(lock, [] { return items > 0; });
  --items;
}

int main() {
  std::thread a(get), b(get);
  put();
  put();
  a.join();
  b.join();
}
