// What lockstep tells the first process of a box, and what that process tells back. Both are built from the same tree, so the layout is
// plain memory. The plan comes through a sealed memory file: header, BPF program, then strings that each end with NUL
// (working folder, folder of the FIFOs, argv, environment).
#pragma once

#include <cstdint>

namespace lockstep::run::wire {

inline constexpr int control_fd = 3;  // SOCK_SEQPACKET; end of file means that lockstep is gone or wants the box gone
inline constexpr int plan_fd = 4;
inline constexpr int channel_fd = 200;  // as harness/inside/channel expects them
inline constexpr int token_fd = 201;
inline constexpr std::uint32_t plan_magic = 0x4c535031;

enum PlanFlag : std::uint32_t {
  fixed_addresses = 1,
  has_channel = 2,   // descriptors 200 and 201 are open and belong to the program
  rank_fifos = 4,    // make the FIFOs "channel" and "token" in the folder named by the plan
  own_everyone = 8,  // kill(-1) reaches the box alone: own process namespace, or a user of its own
};

struct PlanHeader {
  std::uint32_t magic = plan_magic;
  std::uint32_t flags = 0;
  std::uint32_t uid = 0;   // 0: stay who you are
  std::int32_t tasks = 0;  // RLIMIT_NPROC; 0: none
  std::uint64_t file_bytes = 0;
  std::uint64_t cpu_seconds = 0;  // per process; a backstop
  std::uint32_t filter_bytes = 0;
  std::uint32_t argument_count = 0;
  std::uint32_t environment_count = 0;
};

enum class Kind : std::uint32_t { ready, failed, ended };

struct Message {  // from the box
  Kind kind = Kind::ready;
  std::int32_t value = 0;    // failed: errno; ended: wait status of the program, or -1 if it had to be killed with the rest
  char step[32] = {};        // failed: what was tried
  std::uint64_t cpu_us = 0;  // ended: user and system time of all processes that were waited for
};

enum class Order : char { go = 'g', stop = 's' };  // to the box

}  // namespace lockstep::run::wire
