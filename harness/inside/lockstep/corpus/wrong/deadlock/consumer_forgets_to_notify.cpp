// expect: deadlock line 15 22
// The consumer takes the item out and does not tell the producer that there is room again.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
bool full = false;

int main() {
  std::thread producer([] {
    for (int i = 0; i < 2; ++i) {
      std::unique_lock lock(m);
      cv.wait(lock, [] { return !full; });
      full = true;
      cv.notify_one();
    }
  });
  for (int i = 0; i < 2; ++i) {
    std::unique_lock lock(m);
    cv.wait(lock, [] { return full; });
    full = false;
  }
  producer.join();
}
