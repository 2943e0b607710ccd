// expect: livelock line 12
// A spinning barrier that counts to two and back to zero traps the thread that did not see the zero in time.
#include <atomic>
#include <thread>

std::atomic<int> arrived = 0;

void meet() {
  if (arrived.fetch_add(1) == 1) {
    arrived.store(0);
  } else {
    while (arrived.load() != 0) std::this_thread::yield();
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
