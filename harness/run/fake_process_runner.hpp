// A process runner without processes, for the tests of other modules.
#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "harness/run/process_runner.hpp"

namespace lockstep::run {

class FakeProcessRunner final : public ProcessRunner {
 public:
  using Answer = std::function<Ended(const Command&)>;

  FakeProcessRunner() = default;
  explicit FakeProcessRunner(Answer answer) : answer_(std::move(answer)) {}

  // Scripted answers come first, in order; then the function, if there is one; then success without output.
  void will_end(Ended ended) {
    const std::lock_guard lock(mutex_);
    scripted_.push_back(std::move(ended));
  }

  Ended run(const Command& command) override {
    {
      const std::lock_guard lock(mutex_);
      commands_.push_back(command);
      if (cancelled_) return cut(model::Cut::cancelled);
      if (!scripted_.empty()) {
        Ended next = std::move(scripted_.front());
        scripted_.pop_front();
        return next;
      }
    }
    return answer_ ? answer_(command) : exited(0);
  }

  std::vector<model::Protection> protections() const override { return {{"fake", false, "no process is started"}}; }
  std::string protection_level() const override { return "none"; }
  void cancel_all() override {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
  }

  std::vector<Command> commands() const {  // what was asked for, in order
    const std::lock_guard lock(mutex_);
    return commands_;
  }

  static Ended exited(int code, std::string out = {}, std::string err = {}) {
    Ended ended;
    ended.end.code = code;
    ended.end.out = std::move(out);
    ended.end.err = std::move(err);
    return ended;
  }
  static Ended cut(model::Cut why) {
    Ended ended;
    ended.end.how = model::How::cut;
    ended.end.cut = why;
    return ended;
  }

 private:
  Answer answer_;
  mutable std::mutex mutex_;
  std::deque<Ended> scripted_;
  std::vector<Command> commands_;
  bool cancelled_ = false;
};

}  // namespace lockstep::run
