#include "thread_pool.hpp"

#include <list>

namespace pdc {

struct ThreadPool::Impl {
  struct Task {
    std::function<Value()> function;
    std::promise<Value> promise;
  };

  std::mutex mutex;
  std::condition_variable changed;  // a task came, a task is over, or the end has come
  std::list<Task> queue;
  enum class State { open, closing, over } state = State::open;
  std::size_t working = 0;  // workers that have not ended, and other threads that run a task
  std::vector<std::thread> threads;

  ~Impl() {
    for (std::thread& thread : threads) thread.join();
  }

  void work() {
    std::unique_lock lock(mutex);
    while (state == State::open || !queue.empty()) {
      if (queue.empty())
        changed.wait(lock);
      else
        run_first(lock);
    }
    stop_working();
  }

  void stop_working() {  // with the mutex held
    if (--working == 0) state = State::over;
    changed.notify_all();
  }

  void run_first(std::unique_lock<std::mutex>& lock) {
    std::list<Task> mine;
    mine.splice(mine.end(), queue, queue.begin());
    lock.unlock();
    Task& task = mine.front();
    try {
      task.promise.set_value(task.function());
    } catch (...) {
      task.promise.set_exception(std::current_exception());
    }
    mine.clear();
    lock.lock();
    changed.notify_all();
  }

  std::future<Value> put(std::function<Value()> function) {  // with the mutex held
    if (state != State::open) throw Closed("closed");
    queue.push_back({std::move(function), {}});
    changed.notify_all();
    return queue.back().promise.get_future();
  }

  // Any thread that waits for a map runs what is queued, whoever it belongs to.
  std::vector<Value> map(const std::function<Value(Value)>& f, const std::vector<Value>& in) {
    std::vector<std::future<Value>> results;
    std::unique_lock lock(mutex);
    for (const Value value : in) results.push_back(put([&f, value] { return f(value); }));
    for (const std::future<Value>& result : results)
      while (result.wait_for(ms(0)) != std::future_status::ready) {
        if (queue.empty()) {
          changed.wait(lock);
        } else {
          ++working;
          run_first(lock);
          stop_working();
        }
      }
    lock.unlock();
    std::vector<Value> out;
    std::exception_ptr first;
    for (std::future<Value>& result : results) try {
        out.push_back(result.get());
      } catch (...) {
        if (!first) first = std::current_exception();
      }
    if (first) std::rethrow_exception(first);
    return out;
  }

  void shutdown(bool finish_queued) {
    std::unique_lock lock(mutex);
    if (state == State::open) state = State::closing;
    if (!finish_queued) queue.clear();
    changed.notify_all();
    changed.wait(lock, [&] { return state == State::over; });
  }
};

ThreadPool::ThreadPool(std::size_t workers) {
  if (workers == 0) throw std::invalid_argument("at least one worker");
  p_ = std::make_unique<Impl>();
  p_->working = workers;
  for (std::size_t i = 0; i < workers; ++i) p_->threads.emplace_back([impl = p_.get()] { impl->work(); });
}

ThreadPool::~ThreadPool() { p_->shutdown(true); }

std::future<ThreadPool::Value> ThreadPool::submit(std::function<Value()> f) {
  const std::lock_guard lock(p_->mutex);
  return p_->put(std::move(f));
}

std::vector<ThreadPool::Value> ThreadPool::map(const std::function<Value(Value)>& f, const std::vector<Value>& in) { return p_->map(f, in); }

void ThreadPool::shutdown(bool finish_queued) { p_->shutdown(finish_queued); }

std::size_t ThreadPool::workers() const noexcept { return p_->threads.size(); }

}  // namespace pdc
