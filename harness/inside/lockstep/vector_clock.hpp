// Vector clocks (Fidge 1988, Mattern 1989): what of each task's past a moment knows of.
#pragma once

#include <cstdint>

namespace lockstep::engine {

inline constexpr int most_tasks = 64;

struct VectorClock {
  std::uint32_t at[most_tasks];
  std::uint64_t span_ns;  // of virtual time, along the longest chain of sleeps in that past

  void join(const VectorClock& other) {
    if (other.span_ns > span_ns) span_ns = other.span_ns;
    for (int i = 0; i < most_tasks; ++i)
      if (other.at[i] > at[i]) at[i] = other.at[i];
  }
  bool knows(int task, std::uint32_t epoch) const { return epoch <= at[task]; }
  void clear() {
    for (std::uint32_t& one : at) one = 0;
    span_ns = 0;
  }
};

}  // namespace lockstep::engine
