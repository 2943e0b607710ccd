#include "thread_pool.hpp"

#include <queue>

namespace pdc {

namespace {

thread_local bool inside_worker = false;

}  // namespace

struct ThreadPool::Impl {
  std::queue<std::function<void()>> tasks;
  std::mutex mutex;
  std::condition_variable condition;
  bool stop = false;
  std::vector<std::thread> threads;

  void worker_loop() {
    inside_worker = true;
    while (true) {
      std::function<void()> task;
      {
        std::unique_lock<std::mutex> lock(mutex);
        condition.wait(lock, [this] { return stop || !tasks.empty(); });
        if (tasks.empty()) return;
        task = std::move(tasks.front());
        tasks.pop();
      }
      task();
    }
  }
};

ThreadPool::ThreadPool(std::size_t workers) {
  if (workers == 0) throw std::invalid_argument("a pool needs workers");
  p_ = std::make_unique<Impl>();
  for (std::size_t i = 0; i < workers; ++i) p_->threads.emplace_back([this] { p_->worker_loop(); });
}

ThreadPool::~ThreadPool() { shutdown(true); }

std::future<ThreadPool::Value> ThreadPool::submit(std::function<Value()> f) {
  auto task = std::make_shared<std::packaged_task<Value()>>(std::move(f));
  std::future<Value> future = task->get_future();
  {
    std::lock_guard<std::mutex> lock(p_->mutex);
    if (p_->stop) throw Closed("submit after shutdown");
    p_->tasks.push([task] { (*task)(); });
  }
  p_->condition.notify_one();
  return future;
}

std::vector<ThreadPool::Value> ThreadPool::map(const std::function<Value(Value)>& f, const std::vector<Value>& in) {
  std::vector<std::future<Value>> futures;
  if (inside_worker) {  // waiting for other workers could take for ever, so make the calls here
    for (Value value : in) {
      std::packaged_task<Value()> call([&f, value] { return f(value); });
      futures.push_back(call.get_future());
      call();
    }
  } else {
    std::lock_guard<std::mutex> lock(p_->mutex);
    if (p_->stop) throw Closed("map after shutdown");
    for (Value value : in) {
      auto call = std::make_shared<std::packaged_task<Value()>>([&f, value] { return f(value); });
      futures.push_back(call->get_future());
      p_->tasks.push([call] { (*call)(); });
    }
    p_->condition.notify_all();
  }
  for (auto& future : futures) future.wait();
  std::vector<Value> out;
  for (auto& future : futures) out.push_back(future.get());
  return out;
}

void ThreadPool::shutdown(bool finish_queued) {
  {
    std::lock_guard<std::mutex> lock(p_->mutex);
    if (p_->stop) return;
    p_->stop = true;
    if (!finish_queued) p_->tasks = {};
  }
  p_->condition.notify_all();
  for (auto& thread : p_->threads) thread.join();
}

std::size_t ThreadPool::workers() const noexcept { return p_->threads.size(); }

}  // namespace pdc
