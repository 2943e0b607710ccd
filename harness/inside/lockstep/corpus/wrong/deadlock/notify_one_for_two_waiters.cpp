// expect: deadlock line 13
// Two threads wait for the gate to open, but only one of them is notified.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
bool open = false;

void pass() {
  std::unique_lock lock(m);
  cv.wait(lock, [] { return open; });
}

int main() {
  std::thread a(pass), b(pass);
  {
    std::lock_guard guard(m);
    open = true;
  }
  cv.notify_one();
  a.join();
  b.join();
}
