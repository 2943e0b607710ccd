#include "thread_pool.hpp"

#include <deque>
#include <semaphore>

namespace pdc {

namespace {

using Task = std::packaged_task<ThreadPool::Value()>;

struct Worker {
  std::binary_semaphore called{0};
  Task task;  // what it was called for; none: the end
};

thread_local bool is_worker = false;

}  // namespace

struct ThreadPool::Impl {
  std::mutex mutex;
  std::deque<Task> queue;  // empty as long as anybody is idle
  std::vector<Worker*> idle;
  bool closed = false;
  std::deque<Worker> crew;
  std::vector<std::thread> threads;
  std::once_flag joined;

  void work(Worker& me) {
    is_worker = true;
    for (;;) {
      Task task;
      {
        std::unique_lock lock(mutex);
        if (!queue.empty()) {
          task = std::move(queue.front());
          queue.pop_front();
        } else if (closed) {
          return;
        } else {
          idle.push_back(&me);
          lock.unlock();
          me.called.acquire();
          task = std::move(me.task);
          if (!task.valid()) return;
        }
      }
      task();
    }
  }

  void give(Task task) {  // with the mutex held
    if (idle.empty()) return queue.push_back(std::move(task));
    Worker& worker = *idle.back();
    idle.pop_back();
    worker.task = std::move(task);
    worker.called.release();
  }

  std::future<Value> submit(std::function<Value()> f) {
    Task task(std::move(f));
    std::future<Value> result = task.get_future();
    const std::lock_guard lock(mutex);
    if (closed) throw Closed("submit after shutdown");
    give(std::move(task));
    return result;
  }

  std::vector<Value> map(const std::function<Value(Value)>& f, const std::vector<Value>& in) {
    std::vector<Task> tasks;
    std::vector<std::future<Value>> results;
    for (const Value value : in) results.push_back(tasks.emplace_back([&f, value] { return f(value); }).get_future());
    if (is_worker) {
      for (Task& task : tasks) task();
    } else {
      const std::lock_guard lock(mutex);
      if (closed) throw Closed("map after shutdown");
      for (Task& task : tasks) give(std::move(task));
    }
    for (const std::future<Value>& result : results) result.wait();
    std::vector<Value> out;
    for (std::future<Value>& result : results) out.push_back(result.get());
    return out;
  }

  void shutdown(bool finish_queued) {
    {
      const std::lock_guard lock(mutex);
      closed = true;
      if (!finish_queued) queue.clear();
      for (Worker* worker : idle) worker->called.release();
      idle.clear();
    }
    std::call_once(joined, [&] {
      for (std::thread& thread : threads) thread.join();
    });
  }
};

ThreadPool::ThreadPool(std::size_t workers) {
  if (workers == 0) throw std::invalid_argument("nobody there to work");
  p_ = std::make_unique<Impl>();
  for (std::size_t i = 0; i < workers; ++i) p_->threads.emplace_back([impl = p_.get(), &me = p_->crew.emplace_back()] { impl->work(me); });
}

ThreadPool::~ThreadPool() { p_->shutdown(true); }

std::future<ThreadPool::Value> ThreadPool::submit(std::function<Value()> f) { return p_->submit(std::move(f)); }

std::vector<ThreadPool::Value> ThreadPool::map(const std::function<Value(Value)>& f, const std::vector<Value>& in) { return p_->map(f, in); }

void ThreadPool::shutdown(bool finish_queued) { p_->shutdown(finish_queued); }

std::size_t ThreadPool::workers() const noexcept { return p_->threads.size(); }

}  // namespace pdc
