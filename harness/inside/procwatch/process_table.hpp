// The kernel's table of processes, as proc(5) shows it to this process.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace lockstep::procwatch {

struct ProcessEntry {  // fields of /proc/<pid>/stat, proc(5)
  pid_t pid = 0;
  std::string name;  // file name of the program, at most 15 characters
  char state = '?';  // R running, S sleeping, D uninterruptible, T stopped, Z zombie
  pid_t parent = 0;
  pid_t group = 0;
  unsigned long flags = 0;      // PF_* of the kernel's sched.h
  unsigned long cpu_ticks = 0;  // user and system time, in ticks of sysconf(_SC_CLK_TCK)

  // The task has entered exit(2) and runs no code of the program any more. The kernel sets this mark (PF_EXITING) before it wakes a thread
  // that joins, so a thread that has been joined shows it even while its entry is still in the table.
  bool exiting() const { return (flags & 0x4) != 0 || state == 'Z' || state == 'X'; }
};

// `path`: "/proc/<pid>/stat" or "/proc/self/task/<tid>/stat". Nothing if the task is gone.
std::optional<ProcessEntry> read_entry(const std::string& path);
std::optional<ProcessEntry> read_process(pid_t pid);
std::vector<ProcessEntry> read_processes();  // every process that this one can see
std::vector<ProcessEntry> read_threads();    // of this process

// Whether `pid` is `ancestor` or descends from it. With `ancestor` a subreaper (prctl(2)) orphans stay in its tree.
bool descends_from(pid_t pid, pid_t ancestor);

}  // namespace lockstep::procwatch
