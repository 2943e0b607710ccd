#include "harness/pipeline/task_queue.hpp"

#include <thread>
#include <utility>
#include <vector>

namespace lockstep::pipeline {

void TaskQueue::add(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(task));
  }
  changed_.notify_one();
}

void TaskQueue::work_here() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return !waiting_.empty() || running_ == 0; });
    if (waiting_.empty()) break;
    std::function<void()> task = std::move(waiting_.front());
    waiting_.pop_front();
    ++running_;
    lock.unlock();
    std::exception_ptr failure;
    try {
      task();
    } catch (...) {
      failure = std::current_exception();
    }
    task = nullptr;
    lock.lock();
    --running_;
    if (failure && !failure_) failure_ = failure;
    if (failure_) waiting_.clear();
    changed_.notify_all();
  }
}

void TaskQueue::work(int threads) {
  {
    std::vector<std::jthread> others;
    for (int i = 1; i < threads; ++i) others.emplace_back([this] { work_here(); });
    work_here();
  }
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

}  // namespace lockstep::pipeline
