// What a test may ask about the schedule that runs it. Exact on any machine: all times are virtual.
#pragma once

#include <cstdint>

namespace lockstep::engine {

struct Measures {
  std::uint64_t now_ns = 0;     // virtual time since the test began
  std::uint64_t work_ns = 0;    // time slept so far by all threads together: in virtual time, who sleeps works
  std::uint64_t span_ns = 0;    // the longest chain of such sleeps, each after the other by happens-before, of which the caller knows
  std::uint32_t wake_ups = 0;   // waits on conditions and futexes that ended so far
  std::uint32_t early = 0;      // of the waits, those that ended for nothing, or before their time, because this schedule has it so
  std::uint32_t switches = 0;   // from one thread to another
  std::uint32_t spin_steps = 0; // while all threads that could run only looked again
  std::uint32_t most_active = 0;  // threads that could run, or slept, at the same time
};

// Work and span: Blumofe and Leiserson, JACM 46(5), 1999. Outside of an execution all are 0.
Measures measures();

}  // namespace lockstep::engine
