// Producers and consumers share one condition; since different conditions are waited for, everybody is woken.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable changed;
int stored = 0, sum = 0;  // 0: empty

void put(int value) {
  std::unique_lock lock(m);
  while (stored != 0) changed.wait(lock);
  stored = value;
  changed.notify_all();
}
void get() {
  std::unique_lock lock(m);
  while (stored == 0) changed.wait(lock);
  sum += stored;
  stored = 0;
  changed.notify_all();
}

int main() {
  std::thread p1(put, 1), p2(put, 2), c(get);
  get();
  p1.join();
  p2.join();
  c.join();
  assert(sum == 3);
}
