// Two workers take tasks from a queue until it is closed and empty.
#include <cassert>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

class Pool {
 public:
  Pool() {
    for (int i = 0; i < 2; ++i) workers_.emplace_back([this] { work(); });
  }
  ~Pool() {
    {
      std::lock_guard guard(m_);
      closed_ = true;
    }
    cv_.notify_all();
    for (auto& worker : workers_) worker.join();
  }
  void submit(std::function<void()> task) {
    {
      std::lock_guard guard(m_);
      tasks_.push_back(std::move(task));
    }
    cv_.notify_one();
  }

 private:
  void work() {
    for (;;) {
      std::unique_lock lock(m_);
      cv_.wait(lock, [this] { return closed_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      auto task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
    }
  }

  std::mutex m_;
  std::condition_variable cv_;
  std::deque<std::function<void()>> tasks_;
  bool closed_ = false;
  std::vector<std::thread> workers_;
};

int main() {
  int first = 0, second = 0;
  {
    Pool pool;
    pool.submit([&] { first = 1; });
    pool.submit([&] { second = 2; });
  }
  assert(first + second == 3);
}
