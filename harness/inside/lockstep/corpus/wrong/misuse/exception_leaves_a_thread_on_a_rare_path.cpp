// expect: misuse line 10
// Only if the setting comes too late, an exception leaves the thread.
#include <atomic>
#include <stdexcept>
#include <thread>

std::atomic<int> limit = 0;

void work() {
  if (limit == 0) throw std::logic_error("no limit");
}

int main() {
  std::thread t(work);
  limit = 10;
  t.join();
}
