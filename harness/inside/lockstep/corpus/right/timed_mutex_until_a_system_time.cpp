// Tries a lock until a moment of the system clock, and waits without a limit where that was not enough.
#include <cassert>
#include <chrono>
#include <mutex>
#include <thread>

std::timed_mutex m;
int count = 0;

void add() {
  std::unique_lock lock(m, std::chrono::system_clock::now() + std::chrono::milliseconds(2));
  if (!lock) lock.lock();
  ++count;
}

int main() {
  std::thread a(add), b(add);
  a.join();
  b.join();
  assert(count == 2);
}
