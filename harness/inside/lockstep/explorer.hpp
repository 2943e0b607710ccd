// Which schedules are run, and what they show together.
//
// A portfolio under one budget, in this order: no and one preemption, exhaustively; every interleaving, once per trace, by sleep sets (Godefroid,
// Partial-Order Methods, LNCS 1032); two and more preemptions, exhaustively (context bounding: Musuvathi and Qadeer, PLDI 2007); then PCT, POS and
// random walks. A bound is called complete only if every schedule within it was run.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/inside/lockstep/execution.hpp"

namespace lockstep::engine {

struct Plan {
  std::uint32_t budget = 2000;  // executions
  double seconds = 0;           // instead, if not 0
  int bound = 2;                // of preemptions, where they are counted
  std::string strategy;         // one of them alone: "bounded", "sleep_sets", "pct", "pos", "random"; empty: the portfolio
  TimePolicy time = TimePolicy::idle;
  bool spurious = false;
  std::uint64_t seed = 1;
  bool stop = false;            // a replay ends in a breakpoint, for a debugger
  bool outcomes = false;        // failures do not stop it; what each execution prints is counted
};

struct Explored {
  Outcome outcome = Outcome::passed;
  std::uint32_t schedules = 0;      // executions that came to their end
  std::uint32_t traces = 0;         // of them, by sleep sets: pairwise different orders of dependent operations
  bool every_trace = false;         // there is no other
  int complete_bound = -1;          // every schedule with at most so many preemptions was run
  std::string found_by;             // strategy of the failing schedule
  std::vector<std::uint16_t> choices;  // of the failing schedule, shrunk
  std::uint32_t preemptions = 0;
  bool replayed = false;            // twice, with the same events
  std::string output;               // what the program printed there; of `outcomes`: each different text and how often it was printed
  std::uint32_t longest = 0;        // steps of the longest execution that passed
  std::uint64_t makespan_ns = 0;    // of the first execution
  std::uint32_t most_active = 0;
  std::uint32_t spin_steps = 0;     // of the first execution
};

// Explores `program`; the report of the (shrunk) failing execution, with events and stacks, is in `exchange` afterwards.
Explored explore(Exchange& exchange, Program program, void* argument, const Plan& plan);

// Runs one schedule with events and stacks.
void replay(Exchange& exchange, Program program, void* argument, const Plan& plan, const std::vector<std::uint16_t>& choices, std::string* output);

bool is_failure(Outcome outcome);

}  // namespace lockstep::engine
