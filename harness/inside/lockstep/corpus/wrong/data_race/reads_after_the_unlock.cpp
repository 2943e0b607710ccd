// expect: data_race line 12 17
// The value is checked under the lock and read again after it was released.
#include <mutex>
#include <thread>

std::mutex m;
int value = 0;

int main() {
  std::thread writer([] {
    std::lock_guard guard(m);
    value = 2;
  });
  m.lock();
  const bool empty = value == 0;
  m.unlock();
  const int seen = value;
  writer.join();
  return empty && seen > 2;
}
