#include "thread_pool.hpp"

#include <deque>

namespace pdc {

struct ThreadPool::Impl {
  using Task = std::packaged_task<Value()>;  // catches what the task throws; one that is destroyed without a run breaks its promise

  const std::size_t workers;
  std::mutex mutex;  // guards queue and closed
  std::condition_variable changed;
  std::deque<Task> queue;
  bool closed = false;
  std::mutex joining;
  std::vector<std::thread> threads;

  explicit Impl(std::size_t count) : workers(count) {}

  static const Impl*& pool_of_this_thread() {
    thread_local const Impl* pool = nullptr;
    return pool;
  }
  bool called_by_a_task() const { return pool_of_this_thread() == this; }

  void start() {
    for (std::size_t i = 0; i < workers; ++i) threads.emplace_back([this] { work(); });
  }

  void work() {
    pool_of_this_thread() = this;
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [&] { return closed || !queue.empty(); });
      if (queue.empty()) return;
      run_first(lock);
    }
  }

  // With the mutex held, but not while the task runs or is destroyed.
  void run_first(std::unique_lock<std::mutex>& lock) {
    {
      Task task = std::move(queue.front());
      queue.pop_front();
      lock.unlock();
      task();
    }
    lock.lock();
  }

  void add(std::vector<Task> tasks) {
    {
      const std::lock_guard lock(mutex);
      if (closed && !called_by_a_task()) throw Closed("the pool is shut down");
      for (Task& task : tasks) queue.push_back(std::move(task));
    }
    changed.notify_all();
  }

  std::future<Value> submit(std::function<Value()> f) {
    Task task(std::move(f));
    std::future<Value> result = task.get_future();
    {
      const std::lock_guard lock(mutex);
      if (closed) throw Closed("the pool is shut down");
      queue.push_back(std::move(task));
    }
    changed.notify_one();
    return result;
  }

  std::vector<Value> map(const std::function<Value(Value)>& f, const std::vector<Value>& in) {
    std::vector<Task> tasks;
    std::vector<std::future<Value>> results;
    for (const Value value : in) results.push_back(tasks.emplace_back([&f, value] { return f(value); }).get_future());
    add(std::move(tasks));
    for (const std::future<Value>& result : results) {
      if (called_by_a_task()) help_until_ready(result);
      result.wait();
    }
    std::vector<Value> out;
    for (std::future<Value>& result : results) out.push_back(result.get());  // the first that throws has the lowest index
    return out;
  }

  // A worker that only waited would be missing to run the very tasks for which it waits. Once the queue is empty, somebody else runs them.
  void help_until_ready(const std::future<Value>& result) {
    std::unique_lock lock(mutex);
    while (!queue.empty() && result.wait_for(ms(0)) != std::future_status::ready) run_first(lock);
  }

  void shutdown(bool finish_queued) {
    std::deque<Task> dropped;  // destroyed without the mutex: a task's own destructor may call anything
    {
      const std::lock_guard lock(mutex);
      closed = true;
      if (!finish_queued) dropped.swap(queue);
    }
    changed.notify_all();
    dropped.clear();
    const std::lock_guard one_at_a_time(joining);  // the next caller waits here until the first has joined them all
    for (std::thread& thread : threads)
      if (thread.joinable()) thread.join();
  }
};

ThreadPool::ThreadPool(std::size_t workers) {
  if (workers == 0) throw std::invalid_argument("a pool needs at least one worker");
  p_ = std::make_unique<Impl>(workers);
  try {
    p_->start();
  } catch (...) {  // there are no more threads to be had
    p_->shutdown(false);
    throw;
  }
}

ThreadPool::~ThreadPool() { p_->shutdown(true); }

std::future<ThreadPool::Value> ThreadPool::submit(std::function<Value()> f) { return p_->submit(std::move(f)); }

std::vector<ThreadPool::Value> ThreadPool::map(const std::function<Value(Value)>& f, const std::vector<Value>& in) { return p_->map(f, in); }

void ThreadPool::shutdown(bool finish_queued) { p_->shutdown(finish_queued); }

std::size_t ThreadPool::workers() const noexcept { return p_->workers; }

}  // namespace pdc
