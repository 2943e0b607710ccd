// The state of a process that a test must leave as it found it.
#pragma once

#include <sys/types.h>

#include <array>
#include <csignal>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace lockstep::procwatch {

struct Finding {  // becomes a hygiene record
  std::string kind;
  std::string detail;
};

struct DescriptorTarget {  // what a descriptor leads to, stat(2)
  dev_t device = 0;
  ino_t inode = 0;
  bool operator==(const DescriptorTarget&) const = default;
};

struct Snapshot {
  std::map<int, DescriptorTarget> descriptors;
  std::set<pid_t> threads;
  std::set<std::string> shared_memory;  // names under /dev/shm: shm_open(3), sem_open(3)
  std::set<std::string> segments;       // keys and ids of shmget(2)
  sigset_t mask{};                      // of the calling thread
  std::array<struct sigaction, 65> dispositions{};
};

// `only_signals`: leave out all but mask and dispositions, for programs with a runtime of their own underneath (MPI), which opens
// descriptors, threads and segments when it likes.
Snapshot take_snapshot(bool only_signals);

// What differs, in words. Threads that have ended but are still in the kernel's table do not count.
std::vector<Finding> differences(const Snapshot& before, const Snapshot& after);

std::map<int, DescriptorTarget> read_descriptors();

}  // namespace lockstep::procwatch
