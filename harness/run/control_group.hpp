// A control group per run, where we may have one: memory is then bounded and counted by the kernel, and CPU time cannot hide.
// Speaks version 1 (one folder per controller) and version 2. Where neither can be used, the caller samples instead.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lockstep::run {

class ControlGroup {
 public:
  // Makes what can be made; an object without any folder is valid and does nothing.
  ControlGroup(const std::string& name, std::uint64_t memory_bytes);
  ~ControlGroup();
  ControlGroup(const ControlGroup&) = delete;
  ControlGroup& operator=(const ControlGroup&) = delete;

  void attach(pid_t pid);  // what it forks from now on is inside too
  bool limits_memory() const { return attached_ && !memory_.empty(); }
  bool counts_cpu() const { return attached_ && !cpu_.empty(); }
  std::uint64_t cpu_us() const;
  std::uint64_t peak_bytes() const;
  bool ran_out_of_memory() const;  // the kernel killed a process of the group for it

 private:
  bool version2_ = false;
  bool attached_ = false;
  std::string memory_;  // folders; empty: not to be had
  std::string cpu_;
};

void remove_control_groups(const std::string& name);  // those that a killed lockstep left, if they are empty

}  // namespace lockstep::run
