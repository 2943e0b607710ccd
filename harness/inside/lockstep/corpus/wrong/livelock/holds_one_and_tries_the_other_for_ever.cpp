// expect: livelock line 10
// Two threads each keep one mutex and try the other one again and again.
#include <mutex>
#include <thread>

std::mutex a, b;

void both(std::mutex& first, std::mutex& second) {
  std::lock_guard keeps(first);
  while (!second.try_lock()) std::this_thread::yield();
  second.unlock();
}

int main() {
  std::thread t([] { both(a, b); });
  both(b, a);
  t.join();
}
