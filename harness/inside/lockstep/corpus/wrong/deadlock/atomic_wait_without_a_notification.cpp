// expect: deadlock line 10
// The flag is stored, but nobody notifies the thread that sleeps in atomic::wait.
#include <atomic>
#include <thread>

std::atomic<int> state = 0;

int main() {
  std::thread t([] { state.store(1); });
  state.wait(0);
  t.join();
}
