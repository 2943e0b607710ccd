// expect: deadlock line 14
// The value that is waited for may already have come and gone: it is back at what the wait is for.
#include <atomic>
#include <thread>

std::atomic<int> state = 0;

int main() {
  std::thread t([] {
    state.store(1);
    state.notify_one();
    state.store(0);
  });
  state.wait(0);
  t.join();
}
