// All tasks of a box, stopped by ptrace(2) while this object lives, so that they can be asked what cannot be read from /proc, and their
// stacks can be read.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/observation.hpp"

namespace lockstep::run {

struct SleepingTask;

class StoppedWorld {
 public:
  explicit StoppedWorld(const std::vector<SleepingTask>& tasks);
  ~StoppedWorld();  // lets all go on as if nothing had happened: interrupted calls are restarted by the kernel
  StoppedWorld(const StoppedWorld&) = delete;
  StoppedWorld& operator=(const StoppedWorld&) = delete;

  bool stopped() const { return stopped_; }  // every task, and each where it slept
  bool has_alarm() const;                    // some process has a running ITIMER_REAL, or could not be asked
  std::vector<model::StuckTask> describe() const;
  void kill();  // all of them, from where they stand: none runs another instruction

 private:
  struct Held {
    const SleepingTask* task;
    int signal = 0;  // was on its way when the task stopped: delivered when it goes on
  };
  std::vector<Held> held_;
  const std::vector<SleepingTask>& tasks_;
  bool stopped_ = false;
};

struct Module {
  std::string path;        // as seen inside the box
  std::uint64_t base = 0;  // what to subtract from an address to get the one in the file
};
std::optional<Module> module_at(pid_t process, std::uint64_t address);

// A socket whose calls give up after a time (SO_RCVTIMEO, SO_SNDTIMEO), or one that cannot be asked.
bool has_time_limit(pid_t process, int descriptor);

}  // namespace lockstep::run
