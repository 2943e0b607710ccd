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
  std::mutex join_mutex;
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
  std::vector<Value> out(in.size());
  std::vector<std::exception_ptr> errors(in.size());
  const auto call = [&](std::size_t i) {
    try {
      out[i] = f(in[i]);
    } catch (...) {
      errors[i] = std::current_exception();
    }
  };
  if (inside_worker) {
    for (std::size_t i = 0; i < in.size(); ++i) call(i);
  } else if (!in.empty()) {
    struct Progress {
      std::atomic<std::size_t> finished{0};
      std::promise<void> all;
    };
    auto progress = std::make_shared<Progress>();
    {
      std::lock_guard<std::mutex> lock(p_->mutex);
      if (p_->stop) throw Closed("map after shutdown");
      for (std::size_t i = 0; i < in.size(); ++i)
        p_->tasks.push([&call, i, progress, count = in.size()] {
          call(i);
          if (progress->finished.fetch_add(1, std::memory_order_relaxed) + 1 == count) progress->all.set_value();
        });
    }
    p_->condition.notify_all();
    std::future<void> all = progress->all.get_future();
    progress.reset();
    all.get();
  }
  for (auto& error : errors)
    if (error) std::rethrow_exception(error);
  return out;
}

void ThreadPool::shutdown(bool finish_queued) {
  {
    std::lock_guard<std::mutex> lock(p_->mutex);
    p_->stop = true;
    if (!finish_queued) p_->tasks = {};
  }
  p_->condition.notify_all();
  std::lock_guard<std::mutex> lock(p_->join_mutex);
  for (auto& thread : p_->threads)
    if (thread.joinable()) thread.join();
}

std::size_t ThreadPool::workers() const noexcept { return p_->threads.size(); }

}  // namespace pdc
