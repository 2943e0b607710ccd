#include "thread_pool.hpp"

namespace pdc {

struct ThreadPool::Impl {
  std::size_t workers = 0;
  std::mutex mutex;
  bool stop = false;
  std::vector<std::thread> threads;
};

ThreadPool::ThreadPool(std::size_t workers) {
  if (workers == 0) throw std::invalid_argument("a pool needs workers");
  p_ = std::make_unique<Impl>();
  p_->workers = workers;
}

ThreadPool::~ThreadPool() { shutdown(true); }

std::future<ThreadPool::Value> ThreadPool::submit(std::function<Value()> f) {
  std::packaged_task<Value()> task(std::move(f));
  std::future<Value> future = task.get_future();
  std::lock_guard<std::mutex> lock(p_->mutex);
  if (p_->stop) throw Closed("submit after shutdown");
  p_->threads.emplace_back(std::move(task));
  return future;
}

std::vector<ThreadPool::Value> ThreadPool::map(const std::function<Value(Value)>& f, const std::vector<Value>& in) {
  std::vector<std::future<Value>> futures;
  for (Value value : in) futures.push_back(submit([&f, value] { return f(value); }));
  for (auto& future : futures) future.wait();
  std::vector<Value> out;
  for (auto& future : futures) out.push_back(future.get());
  return out;
}

void ThreadPool::shutdown(bool /*finish_queued*/) {
  std::vector<std::thread> threads;
  {
    std::lock_guard<std::mutex> lock(p_->mutex);
    p_->stop = true;
    threads.swap(p_->threads);
  }
  for (auto& thread : threads) thread.join();
}

std::size_t ThreadPool::workers() const noexcept { return p_->workers; }

}  // namespace pdc
