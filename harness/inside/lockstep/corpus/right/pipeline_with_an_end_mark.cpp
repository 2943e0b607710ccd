// Values go through two queues and three stages; a mark at the end stops each stage.
#include <cassert>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

class Queue {
 public:
  void put(int value) {
    std::lock_guard guard(m_);
    values_.push_back(value);
    cv_.notify_one();
  }
  int get() {
    std::unique_lock lock(m_);
    cv_.wait(lock, [this] { return !values_.empty(); });
    const int value = values_.front();
    values_.pop_front();
    return value;
  }

 private:
  std::mutex m_;
  std::condition_variable cv_;
  std::deque<int> values_;
};

int main() {
  constexpr int end = -1;
  Queue in, out;
  std::thread source([&] {
    in.put(1);
    in.put(2);
    in.put(end);
  });
  std::thread twice([&] {
    for (int n; (n = in.get()) != end;) out.put(2 * n);
    out.put(end);
  });
  int sum = 0;
  for (int n; (n = out.get()) != end;) sum += n;
  source.join();
  twice.join();
  assert(sum == 6);
}
