// A readers-writer lock made of a mutex and a condition.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>

class ReadersWriter {
 public:
  void lock_shared() {
    std::unique_lock lock(m_);
    cv_.wait(lock, [this] { return !writing_; });
    ++readers_;
  }
  void unlock_shared() {
    std::lock_guard guard(m_);
    if (--readers_ == 0) cv_.notify_all();
  }
  void lock() {
    std::unique_lock lock(m_);
    cv_.wait(lock, [this] { return !writing_ && readers_ == 0; });
    writing_ = true;
  }
  void unlock() {
    std::lock_guard guard(m_);
    writing_ = false;
    cv_.notify_all();
  }

 private:
  std::mutex m_;
  std::condition_variable cv_;
  int readers_ = 0;
  bool writing_ = false;
};

int main() {
  ReadersWriter rw;
  int a = 0, b = 0;
  const auto look = [&] {
    rw.lock_shared();
    assert(a == b);
    rw.unlock_shared();
  };
  std::thread r1(look), r2(look);
  rw.lock();
  ++a;
  ++b;
  rw.unlock();
  r1.join();
  r2.join();
}
