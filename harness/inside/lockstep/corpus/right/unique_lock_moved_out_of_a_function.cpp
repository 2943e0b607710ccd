// A function takes the lock and returns it to its caller, who goes on under it.
#include <cassert>
#include <mutex>
#include <thread>

class Guarded {
 public:
  std::unique_lock<std::mutex> open() {
    std::unique_lock lock(mutex_);
    ++opened_;
    return lock;
  }
  void set(int to, const std::unique_lock<std::mutex>&) { value_ = to; }
  int sum(const std::unique_lock<std::mutex>&) const { return opened_ * 10 + value_; }

 private:
  std::mutex mutex_;
  int opened_ = 0, value_ = 0;
};

int main() {
  Guarded g;
  const auto use = [&] {
    auto lock = g.open();
    g.set(7, lock);
  };
  std::thread a(use), b(use);
  a.join();
  b.join();
  const auto lock = g.open();
  assert(g.sum(lock) == 37);
}
