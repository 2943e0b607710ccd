// expect: misuse line 11 12 15
// A recursive mutex is locked twice and unlocked once, and the thread ends with it.
#include <mutex>
#include <thread>

std::recursive_mutex m;
int count = 0;

int main() {
  std::thread t([] {
    m.lock();
    m.lock();
    ++count;
    m.unlock();
  });
  t.join();
}
