// expect: misuse line 12
// unlock of a unique_lock that holds nothing throws, and the exception leaves the thread.
#include <mutex>
#include <thread>

std::mutex m;

int main() {
  std::thread t([] {
    std::unique_lock lock(m);
    lock.unlock();
    lock.unlock();
  });
  t.join();
}
