// expect: wrong_answer line 16 30
// Two consumers each ask a queue, whose functions all lock, whether it is empty, and then take from it.
#include <cassert>
#include <deque>
#include <mutex>
#include <thread>

class Queue {
 public:
  bool empty() {
    std::lock_guard guard(m_);
    return values_.empty();
  }
  int take() {
    std::lock_guard guard(m_);
    assert(!values_.empty());
    const int value = values_.front();
    values_.pop_front();
    return value;
  }

 private:
  std::mutex m_;
  std::deque<int> values_ = {1};
};

int main() {
  Queue queue;
  const auto drain = [&] {
    while (!queue.empty()) queue.take();
  };
  std::thread a(drain), b(drain);
  a.join();
  b.join();
}
