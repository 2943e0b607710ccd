// expect: misuse line 10 11 12
// The mutex is unlocked by hand although a lock_guard will unlock it again.
#include <mutex>
#include <thread>

std::mutex m;

int main() {
  std::thread t([] {
    std::lock_guard guard(m);
    m.unlock();
  });
  t.join();
}
