// expect: livelock line 12
// A worker tries the lock with a time limit again and again, while its owner joins the worker.
#include <chrono>
#include <mutex>
#include <thread>

std::timed_mutex m;

int main() {
  std::lock_guard keeps(m);
  std::thread t([] {
    while (!m.try_lock_for(std::chrono::milliseconds(1))) {
    }
    m.unlock();
  });
  t.join();
}
