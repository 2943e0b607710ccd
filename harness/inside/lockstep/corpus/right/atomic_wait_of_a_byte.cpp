// atomic<bool>::wait, which the library builds on a word of its own, with two waiters and notify_all.
#include <atomic>
#include <cassert>
#include <thread>

std::atomic<bool> open = false;

int main() {
  int data = 0;
  const auto pass = [&] {
    open.wait(false);
    assert(data == 2);
  };
  std::thread a(pass), b(pass);
  data = 2;
  open.store(true);
  open.notify_all();
  a.join();
  b.join();
}
