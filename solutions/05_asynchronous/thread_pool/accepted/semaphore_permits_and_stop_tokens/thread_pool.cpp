#include "thread_pool.hpp"

#include <queue>
#include <semaphore>
#include <stop_token>

namespace pdc {

struct ThreadPool::Impl {
  struct Task {
    std::function<Value()> function;
    std::promise<Value> result;  // destroyed unused: broken_promise

    void run() {
      try {
        result.set_value(function());
      } catch (...) {
        result.set_exception(std::current_exception());
      }
    }
  };

  const std::size_t workers;
  std::counting_semaphore<> permits{0};  // one for each task that was queued, and one for each worker that is to stop
  std::mutex mutex;
  std::queue<Task> queue;
  std::stop_source stop;
  std::stop_callback<std::function<void()>> stopping{stop.get_token(), [this] { permits.release(static_cast<std::ptrdiff_t>(workers)); }};
  std::mutex joining;
  std::vector<std::jthread> threads;

  static inline thread_local bool in_a_task = false;

  explicit Impl(std::size_t count) : workers(count) {
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
  }

  void work() {
    in_a_task = true;
    for (;;) {
      permits.acquire();
      std::unique_lock lock(mutex);
      if (queue.empty()) return;  // all tasks are taken, so this was a permit to stop
      Task task = std::move(queue.front());
      queue.pop();
      lock.unlock();
      task.run();
    }
  }

  std::future<Value> submit(std::function<Value()> f) {
    Task task{std::move(f), {}};
    std::future<Value> result = task.result.get_future();
    const std::lock_guard lock(mutex);
    if (stop.stop_requested()) throw Closed("no more tasks");
    queue.push(std::move(task));
    permits.release();
    return result;
  }

  std::vector<Value> map(const std::function<Value(Value)>& f, const std::vector<Value>& in) {
    std::vector<std::future<Value>> results;
    if (in_a_task) {  // in turn, right here
      for (const Value value : in) {
        Task task{[&] { return f(value); }, {}};
        results.push_back(task.result.get_future());
        task.run();
      }
    } else {
      const std::lock_guard lock(mutex);
      if (stop.stop_requested()) throw Closed("no more tasks");
      for (const Value value : in) {
        Task& task = queue.emplace(Task{[&f, value] { return f(value); }, {}});
        results.push_back(task.result.get_future());
      }
      permits.release(static_cast<std::ptrdiff_t>(in.size()));
    }
    for (const std::future<Value>& result : results) result.wait();
    std::vector<Value> out;
    for (std::future<Value>& result : results) out.push_back(result.get());
    return out;
  }

  void shutdown(bool finish_queued) {
    {
      const std::lock_guard lock(mutex);
      stop.request_stop();
      if (!finish_queued) queue = {};
    }
    const std::lock_guard lock(joining);
    for (std::jthread& thread : threads)
      if (thread.joinable()) thread.join();
  }
};

ThreadPool::ThreadPool(std::size_t workers) {
  if (workers == 0) throw std::invalid_argument("no workers");
  p_ = std::make_unique<Impl>(workers);
}

ThreadPool::~ThreadPool() { p_->shutdown(true); }

std::future<ThreadPool::Value> ThreadPool::submit(std::function<Value()> f) { return p_->submit(std::move(f)); }

std::vector<ThreadPool::Value> ThreadPool::map(const std::function<Value(Value)>& f, const std::vector<Value>& in) { return p_->map(f, in); }

void ThreadPool::shutdown(bool finish_queued) { p_->shutdown(finish_queued); }

std::size_t ThreadPool::workers() const noexcept { return p_->workers; }

}  // namespace pdc
