// Which of those that can go on does so, where a schedule leaves it open: running on without preemption, PCT (Burckhardt et al., ASPLOS 2010), POS (Yuan,
// Yang and Gu, CAV 2018), a random walk, or round robin.
#pragma once

#include <cstdint>

#include "harness/inside/lockstep/engine.hpp"

namespace lockstep::engine {

struct Choice {
  Task* task;
  Variant variant;
  std::uint8_t cost;  // in preemptions
};

// The next of the execution's random numbers.
std::uint64_t draw();

// Index of the chosen one; the first is who would run without a preemption, and what happens for nothing or too early stands last.
int by_strategy(const Choice* choices, int count);

}  // namespace lockstep::engine
