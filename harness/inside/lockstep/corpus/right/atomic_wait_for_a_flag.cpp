// A thread sleeps in atomic::wait until another one has stored and notified; what was written before is seen.
#include <atomic>
#include <cassert>
#include <thread>

int main() {
  std::atomic<int> state = 0;
  int data = 0;
  std::thread t([&] {
    data = 5;
    state.store(1, std::memory_order_release);
    state.notify_one();
  });
  state.wait(0, std::memory_order_acquire);
  assert(data == 5);
  t.join();
}
