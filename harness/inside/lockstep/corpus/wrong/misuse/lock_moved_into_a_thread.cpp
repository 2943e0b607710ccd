// expect: misuse line 11
// A unique_lock is moved into another thread, which then unlocks a mutex that it does not own.
#include <mutex>
#include <thread>
#include <utility>

std::mutex m;

int main() {
  std::unique_lock lock(m);
  std::thread t([](std::unique_lock<std::mutex> moved) { moved.unlock(); }, std::move(lock));
  t.join();
}
