// Tasks that may add further tasks, worked off by a few threads of this process. What a task throws ends the whole run with that exception.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>

namespace lockstep::pipeline {

class TaskQueue {
 public:
  void add(std::function<void()> task);

  // Works until every task, and every task that a task added, has ended. Uses `threads` threads, the caller's among them. Each task runs on one
  // thread from its begin to its end: a process must be waited for by the thread that forked it (PR_SET_PDEATHSIG, prctl(2)).
  void work(int threads);

 private:
  void work_here();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  int running_ = 0;
  std::exception_ptr failure_;
};

}  // namespace lockstep::pipeline
