// Slots: how many runs go on at once, and which user each belongs to. A number is held by a lock on a file, so that two lockstep processes
// on one machine never share one, and what a killed lockstep left under a number is removed by the next one that gets it.
#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "harness/run/descriptor.hpp"

namespace lockstep::run {

inline constexpr uid_t first_slot_uid = 60000;
inline constexpr int last_slot = 255;

struct Slot {
  int number = 0;
  uid_t uid = 0;  // of what runs in it; 0: we are not root, it stays our own
  Descriptor lock;

  std::string name() const { return "lockstep-" + std::to_string(number); }  // of its control group and temporary folder
};

class SlotPool {
 public:
  explicit SlotPool(int count);  // throws model::Fault if there are not as many free numbers

  class Lease {
   public:
    Lease(SlotPool& pool, Slot& slot) : pool_(pool), slot_(slot) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();
    const Slot* operator->() const { return &slot_; }
    const Slot& operator*() const { return slot_; }

   private:
    SlotPool& pool_;
    Slot& slot_;
  };
  Lease take();  // waits for a free one

 private:
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<Slot> slots_;
  std::vector<Slot*> free_;
};

// A private folder that stands in for /tmp where a run has no mounts of its own. Removed, with all that is in it, at the end.
class PrivateFolder {
 public:
  explicit PrivateFolder(const Slot& slot);
  ~PrivateFolder();
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace lockstep::run
