// A spin lock of an atomic_flag that yields while it is taken.
#include <atomic>
#include <cassert>
#include <thread>

class SpinLock {
 public:
  void lock() {
    while (flag_.test_and_set(std::memory_order_acquire)) std::this_thread::yield();
  }
  void unlock() { flag_.clear(std::memory_order_release); }

 private:
  std::atomic_flag flag_;
};

int main() {
  SpinLock spin;
  int count = 0;
  const auto add = [&] {
    for (int i = 0; i < 2; ++i) {
      spin.lock();
      ++count;
      spin.unlock();
    }
  };
  std::thread a(add), b(add);
  a.join();
  b.join();
  assert(count == 4);
}
