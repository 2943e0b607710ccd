#include "harness/pipeline/slots.hpp"

#include <chrono>
#include <functional>

namespace lockstep::pipeline {
namespace {

class OnExit {
 public:
  explicit OnExit(std::function<void()> action) : action_(std::move(action)) {}
  ~OnExit() { action_(); }
  OnExit(const OnExit&) = delete;
  OnExit& operator=(const OnExit&) = delete;

 private:
  std::function<void()> action_;
};

}  // namespace

run::Ended SlottedRunner::run_counted(const run::Command& command) {
  const auto begin = std::chrono::steady_clock::now();
  const OnExit count([&] {
    const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begin;
    const std::lock_guard lock(mutex_);
    busy_ms_ += spent.count();
  });
  return inner_.run(command);
}

run::Ended SlottedRunner::run(const run::Command& command) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !alone_ && waiting_alone_ == 0 && running_ < slots_; });
    ++running_;
  }
  const OnExit release([&] {
    {
      const std::lock_guard lock(mutex_);
      --running_;
    }
    changed_.notify_all();
  });
  return run_counted(command);
}

run::Ended SlottedRunner::run_alone(const run::Command& command) {
  {
    std::unique_lock lock(mutex_);
    ++waiting_alone_;
    changed_.wait(lock, [&] { return !alone_ && running_ == 0; });
    --waiting_alone_;
    alone_ = true;
  }
  const OnExit release([&] {
    {
      const std::lock_guard lock(mutex_);
      alone_ = false;
    }
    changed_.notify_all();
  });
  return run_counted(command);
}

double SlottedRunner::busy_ms() const {
  const std::lock_guard lock(mutex_);
  return busy_ms_;
}

}  // namespace lockstep::pipeline
