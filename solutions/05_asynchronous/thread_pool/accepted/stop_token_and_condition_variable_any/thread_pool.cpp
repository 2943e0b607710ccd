#include "thread_pool.hpp"

#include <deque>
#include <stop_token>

namespace pdc {

namespace {

// One call of map. Everybody who takes part takes the next element, until there is none left.
class Mapping {
 public:
  using Value = ThreadPool::Value;

  Mapping(const std::function<Value(Value)>& f, const std::vector<Value>& in) : f_(f), in_(in), size_(in.size()), out_(size_), thrown_(size_) {}

  // Whoever comes after the last element touches neither f nor the input: they may be gone.
  void take_part() {
    for (std::size_t i; (i = next_.fetch_add(1)) < size_;) {
      try {
        out_[i] = f_(in_[i]);
      } catch (...) {
        thrown_[i] = std::current_exception();
      }
      const std::lock_guard lock(mutex_);
      if (++done_ == size_) all_done_.notify_all();
    }
  }

  std::vector<Value> results() {
    std::unique_lock lock(mutex_);
    all_done_.wait(lock, [&] { return done_ == size_; });
    for (std::exception_ptr& exception : thrown_)
      if (exception) std::rethrow_exception(std::move(exception));
    return std::move(out_);
  }

 private:
  const std::function<Value(Value)>& f_;
  const std::vector<Value>& in_;
  const std::size_t size_;
  std::vector<Value> out_;
  std::vector<std::exception_ptr> thrown_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::condition_variable all_done_;
  std::size_t done_ = 0;
};

thread_local bool in_a_task = false;

}  // namespace

struct ThreadPool::Impl {
  std::mutex mutex;
  std::condition_variable_any there_is_work;
  std::deque<std::function<void()>> queue;
  std::stop_source stop;
  std::once_flag joined;
  std::vector<std::jthread> threads;

  void work() {
    in_a_task = true;
    std::unique_lock lock(mutex);
    // False only if the stop was requested and the queue is empty.
    while (there_is_work.wait(lock, stop.get_token(), [&] { return !queue.empty(); })) {
      std::function<void()> task = std::move(queue.front());
      queue.pop_front();
      lock.unlock();
      task();
      task = nullptr;
      lock.lock();
    }
  }

  void push(std::function<void()> task) {
    {
      const std::lock_guard lock(mutex);
      if (stop.stop_requested()) throw Closed("stopped");
      queue.push_back(std::move(task));
    }
    there_is_work.notify_one();
  }

  std::vector<Value> map(const std::function<Value(Value)>& f, const std::vector<Value>& in) {
    if (in.empty()) return {};
    const auto mapping = std::make_shared<Mapping>(f, in);
    {
      const std::lock_guard lock(mutex);
      if (!stop.stop_requested())
        for (std::size_t i = 0; i < std::min(in.size(), threads.size()); ++i) queue.emplace_back([mapping] { mapping->take_part(); });
      else if (!in_a_task)
        throw Closed("stopped");
    }
    there_is_work.notify_all();
    mapping->take_part();
    return mapping->results();
  }

  void shutdown(bool finish_queued) {
    {
      const std::lock_guard lock(mutex);
      if (!finish_queued) queue.clear();
      stop.request_stop();
    }
    std::call_once(joined, [&] {
      for (std::jthread& thread : threads) thread.join();
    });
  }
};

ThreadPool::ThreadPool(std::size_t workers) {
  if (workers == 0) throw std::invalid_argument("workers must be positive");
  p_ = std::make_unique<Impl>();
  const std::lock_guard lock(p_->mutex);
  for (std::size_t i = 0; i < workers; ++i) p_->threads.emplace_back([impl = p_.get()] { impl->work(); });
}

ThreadPool::~ThreadPool() { p_->shutdown(true); }

std::future<ThreadPool::Value> ThreadPool::submit(std::function<Value()> f) {
  auto task = std::make_shared<std::packaged_task<Value()>>(std::move(f));
  std::future<Value> result = task->get_future();
  p_->push([task] { (*task)(); });
  return result;
}

std::vector<ThreadPool::Value> ThreadPool::map(const std::function<Value(Value)>& f, const std::vector<Value>& in) { return p_->map(f, in); }

void ThreadPool::shutdown(bool finish_queued) { p_->shutdown(finish_queued); }

std::size_t ThreadPool::workers() const noexcept { return p_->threads.size(); }

}  // namespace pdc
