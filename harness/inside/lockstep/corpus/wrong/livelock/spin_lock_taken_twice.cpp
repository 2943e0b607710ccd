// expect: livelock line 10
// A hand-made spin lock is taken again by the thread that has it.
#include <atomic>
#include <thread>

std::atomic_flag taken;
int count = 0;

void lock() {
  while (taken.test_and_set()) std::this_thread::yield();
}
void unlock() { taken.clear(); }

void add() {
  lock();
  ++count;
  unlock();
}

int main() {
  std::thread t([] {
    lock();
    if (count == 0) add();
    unlock();
  });
  t.join();
}
