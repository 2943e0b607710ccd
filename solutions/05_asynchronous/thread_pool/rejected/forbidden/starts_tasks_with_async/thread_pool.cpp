#include "thread_pool.hpp"

namespace pdc {

struct ThreadPool::Impl {
  std::size_t workers = 0;
  std::atomic<bool> stop{false};
};

ThreadPool::ThreadPool(std::size_t workers) {
  if (workers == 0) throw std::invalid_argument("a pool needs workers");
  p_ = std::make_unique<Impl>();
  p_->workers = workers;
}

ThreadPool::~ThreadPool() { shutdown(true); }

std::future<ThreadPool::Value> ThreadPool::submit(std::function<Value()> f) {
  if (p_->stop) throw Closed("submit after shutdown");
  return std::async(std::launch::async, std::move(f));
}

std::vector<ThreadPool::Value> ThreadPool::map(const std::function<Value(Value)>& f, const std::vector<Value>& in) {
  std::vector<std::future<Value>> futures;
  for (Value value : in) futures.push_back(submit([&f, value] { return f(value); }));
  for (auto& future : futures) future.wait();
  std::vector<Value> out;
  for (auto& future : futures) out.push_back(future.get());
  return out;
}

void ThreadPool::shutdown(bool /*finish_queued*/) { p_->stop = true; }

std::size_t ThreadPool::workers() const noexcept { return p_->workers; }

}  // namespace pdc
