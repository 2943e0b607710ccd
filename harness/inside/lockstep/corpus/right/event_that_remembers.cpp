// An event that is set before anybody waits is not lost, since the waiter looks at it first.
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>

class Event {
 public:
  void set() {
    std::lock_guard guard(m_);
    set_ = true;
    cv_.notify_all();
  }
  void wait() {
    std::unique_lock lock(m_);
    while (!set_) cv_.wait(lock);
  }

 private:
  std::mutex m_;
  std::condition_variable cv_;
  bool set_ = false;
};

int main() {
  Event here, there;
  int value = 0;
  std::thread t([&] {
    value = 1;
    here.set();
    there.wait();
    assert(value == 2);
  });
  here.wait();
  value = 2;
  there.set();
  t.join();
}
