// A unique_lock is given up for work on local data and taken again to store the result.
#include <cassert>
#include <mutex>
#include <thread>

std::mutex m;
int next_ticket = 0;
int sum = 0;

void work() {
  std::unique_lock lock(m);
  const int mine = ++next_ticket;
  lock.unlock();
  const int square = mine * mine;
  lock.lock();
  sum += square;
}

int main() {
  std::thread a(work), b(work);
  work();
  a.join();
  b.join();
  assert(sum == 1 + 4 + 9);
}
