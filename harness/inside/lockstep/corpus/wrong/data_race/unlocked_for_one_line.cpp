// expect: data_race line 13 15
// The lock is given up for a slow step in the middle, and the shared value is used in that gap.
#include <mutex>
#include <thread>

std::mutex m;
int value = 0;

void step() {
  std::unique_lock lock(m);
  ++value;
  lock.unlock();
  const int copy = value;
  lock.lock();
  value = copy + 1;
}

int main() {
  std::thread a(step), b(step);
  a.join();
  b.join();
}
