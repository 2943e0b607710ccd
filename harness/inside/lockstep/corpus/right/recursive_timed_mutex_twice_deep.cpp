// The owner of a recursive timed mutex gets it again at once, also with a time limit.
#include <cassert>
#include <chrono>
#include <mutex>
#include <thread>

std::recursive_timed_mutex m;
int count = 0;

void add() {
  m.lock();
  while (!m.try_lock_for(std::chrono::milliseconds(1))) std::this_thread::yield();
  ++count;
  m.unlock();
  m.unlock();
}

int main() {
  std::thread a(add), b(add);
  a.join();
  b.join();
  assert(count == 2);
}
