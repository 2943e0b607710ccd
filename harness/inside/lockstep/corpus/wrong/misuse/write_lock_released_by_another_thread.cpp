// expect: misuse line 12
// The exclusive lock of a shared_mutex is moved into another thread and released there.
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <utility>

std::shared_mutex m;

int main() {
  std::unique_lock lock(m);
  std::thread t([moved = std::move(lock)]() mutable { moved.unlock(); });
  t.join();
}
