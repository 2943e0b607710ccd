// expect: data_race line 13
// The answer of try_lock_for is not looked at: after a time-out the counter is changed without the lock.
// explore: --time adversarial
#include <chrono>
#include <mutex>
#include <thread>

std::timed_mutex m;
int count = 0;

void add() {
  const bool locked = m.try_lock_for(std::chrono::seconds(1));
  ++count;
  if (locked) m.unlock();
}

int main() {
  std::thread a(add), b(add);
  a.join();
  b.join();
}
