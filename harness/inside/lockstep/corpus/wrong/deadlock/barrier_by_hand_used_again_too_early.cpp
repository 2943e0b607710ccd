// expect: deadlock line 17
// A barrier that counts to two and back to zero loses a thread that has not left when the other comes again.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex m;
std::condition_variable cv;
int arrived = 0;

void meet() {
  std::unique_lock lock(m);
  if (++arrived == 2) {
    arrived = 0;
    cv.notify_all();
  } else {
    cv.wait(lock, [] { return arrived == 0; });
  }
}

int main() {
  std::thread t([] {
    meet();
    meet();
  });
  meet();
  meet();
  t.join();
}
