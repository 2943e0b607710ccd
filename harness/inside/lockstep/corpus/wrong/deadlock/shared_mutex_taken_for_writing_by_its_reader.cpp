// expect: deadlock line 13
// A thread that holds the shared lock asks for the exclusive one of the same mutex.
#include <mutex>
#include <shared_mutex>
#include <thread>

std::shared_mutex m;
int value = 0;

void fill() {
  std::shared_lock look(m);
  if (value == 0) {
    std::unique_lock change(m);
    value = 1;
  }
}

int main() {
  std::thread t(fill);
  t.join();
}
