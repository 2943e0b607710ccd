// The deadlock proof: recognises the moment when no task of a box can ever run again.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/model/observation.hpp"
#include "harness/run/blocked_call.hpp"
#include "harness/run/task_tree.hpp"

namespace lockstep::run {

struct SleepingTask {
  pid_t process = 0;
  pid_t task = 0;
  Wait wait;
  bool background = false;  // of a sanitizer's runtime: sleeps and wakes for ever, and never wakes a task of the program
  bool stopped = false;     // by SIGSTOP or its like: only another task can let it go on
  bool may_go_on = false;   // it computes, or sleeps no longer than a time limit says
};

// What every task of the box does at this moment, for a run that a time limit cuts. An evidence, not a proof: they are stopped for a moment and let go.
std::vector<model::StuckTask> describe_tasks(pid_t init);

class Quiescence {
 public:
  // `init`: the first process of the box. `outside`: inode numbers of the pipes whose other end we hold.
  Quiescence(pid_t init, std::set<ino_t> outside) : init_(init), outside_(std::move(outside)) {}

  // One look. Returns every task with what it waited for, once it is proven that none can go on; they have then been killed.
  std::optional<std::vector<model::StuckTask>> look();

 private:
  using Clock = std::chrono::steady_clock;
  struct Snapshot {
    std::vector<SleepingTask> tasks;
    std::string signature;  // equal for two looks if nobody moved in between
  };
  std::optional<Snapshot> take() const;
  std::optional<SleepingTask> examine(const Process& process, pid_t task, std::string& signature) const;
  bool can_only_be_woken_from_inside(const SleepingTask& task) const;
  bool box_has_no_other_wakers(const std::vector<SleepingTask>& tasks) const;
  std::optional<std::vector<model::StuckTask>> confirm(const Snapshot& snapshot) const;

  pid_t init_;
  std::set<ino_t> outside_;
  std::string signature_;
  Clock::time_point since_{};
  int looks_ = 0;
};

}  // namespace lockstep::run
