// What /proc says about the processes below one process. Cheap enough to be asked every few milliseconds.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace lockstep::run {

struct Process {
  pid_t pid = 0;
  std::vector<pid_t> tasks;
};

// All descendants of `root`, itself excluded. Orphans are the children of a reaper inside, so nobody escapes; but a process that exits
// while we read may hide a sibling (/proc/pid/task/tid/children, proc(5)), so one look proves nothing about who is absent.
std::vector<Process> processes_below(pid_t root);

// The same, from a reading of the whole of /proc: slow, but complete for processes that exist throughout.
std::vector<pid_t> all_processes_below(pid_t root);

struct Usage {
  int tasks = 0;
  std::uint64_t cpu_ms = 0;        // of those that live, and of those that were waited for
  std::uint64_t memory_bytes = 0;  // private resident pages, and shared ones once per process
  std::uint64_t waited_ms = 0;     // runnable, but without a processor; of living tasks
};
Usage usage_below(pid_t root);

std::string proc_path(pid_t process, pid_t task, const char* file);

}  // namespace lockstep::run
