// expect: deadlock line 11 15
// The lock is held during the join of a thread that needs it.
#include <mutex>
#include <thread>

std::mutex m;
int value = 0;

int main() {
  std::thread t([] {
    std::lock_guard guard(m);
    value = 1;
  });
  std::lock_guard guard(m);
  t.join();
}
