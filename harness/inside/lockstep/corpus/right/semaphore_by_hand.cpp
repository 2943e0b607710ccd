// A semaphore made of a mutex and a condition lets one of two threads in at a time.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>

class Semaphore {
 public:
  explicit Semaphore(int permits) : permits_(permits) {}
  void acquire() {
    std::unique_lock lock(m_);
    cv_.wait(lock, [this] { return permits_ > 0; });
    --permits_;
  }
  void release() {
    {
      std::lock_guard guard(m_);
      ++permits_;
    }
    cv_.notify_one();
  }

 private:
  std::mutex m_;
  std::condition_variable cv_;
  int permits_;
};

int main() {
  Semaphore one(1);
  int count = 0;
  const auto add = [&] {
    one.acquire();
    ++count;
    one.release();
  };
  std::thread a(add), b(add);
  add();
  a.join();
  b.join();
  assert(count == 3);
}
