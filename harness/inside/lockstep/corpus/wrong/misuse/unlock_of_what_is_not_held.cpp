// expect: misuse line 9
// A mutex is unlocked by a thread that has not locked it.
#include <mutex>
#include <thread>

std::mutex m;

int main() {
  std::thread t([] { m.unlock(); });
  t.join();
}
