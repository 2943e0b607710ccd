// expect: deadlock line 9
// Two threads sleep in atomic::wait, and notify_one wakes only one of them.
#include <atomic>
#include <thread>

std::atomic<int> open = 0;

int main() {
  const auto pass = [] { open.wait(0); };
  std::thread a(pass), b(pass);
  open.store(1);
  open.notify_one();
  a.join();
  b.join();
}
