// expect: data_race line 11
// The lock_guard is a temporary that is gone at the end of its line, before the counter is touched.
#include <mutex>
#include <thread>

std::mutex m;
int count = 0;

void add() {
  std::lock_guard<std::mutex>{m};
  ++count;
}

int main() {
  std::thread a(add), b(add);
  a.join();
  b.join();
}
