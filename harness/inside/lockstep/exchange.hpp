// What the explorer (the parent) and an execution (its forked child) tell each other: one shared mapping, plain values.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lockstep::engine {

enum class Strategy : std::uint8_t {
  fixed,        // the given choices, then the default: no preemption
  sleep_sets,   // the same, but a task in the sleep set is not chosen
  random,       // uniform over what can run
  pct,          // random priorities with d - 1 change points (Burckhardt et al., ASPLOS 2010)
  pos,          // a random priority per operation, drawn anew where operations conflict (Yuan, Yang, Gu, CAV 2018)
  round_robin,  // a new task at every point
};

enum class TimePolicy : std::uint8_t {
  idle,         // the clock moves to the next timer when nobody can run
  adversarial,  // who sleeps or waits with a time limit may wake at any point
};

enum class Outcome : std::uint8_t {
  none,           // the process ended without saying anything
  passed,
  failed,         // expectations of a test failed; they are in `failures`
  data_race,
  deadlock,
  livelock,
  misuse,
  crash,          // signal, abort, uncaught exception, assertion
  wrong_exit,     // main returned something else than 0
  asserted,       // assert() failed
  not_controlled, // the program does what the engine does not own
  too_long,       // the limit of steps was reached
  no_progress,    // it was, and for long nothing had come of any step
  pruned,         // every task that can run is in the sleep set: another execution shows the same
  fault,          // the engine's own
  skipped,        // of a GoogleTest
  not_implemented,
};

inline constexpr std::size_t most_choices = 1u << 16;
inline constexpr std::size_t log_words = 1u << 20;
inline constexpr std::size_t most_events = 6000;
inline constexpr std::size_t text_bytes = 4096;
inline constexpr std::size_t most_frames = 24;

struct Order {  // what the parent asks for
  Strategy strategy = Strategy::fixed;
  TimePolicy time = TimePolicy::idle;
  bool spurious = false;  // a wait on a condition may return without a notify
  bool explain = false;   // events and stacks are noted down
  std::uint8_t depth = 3; // of PCT
  std::uint64_t seed = 1;
  std::uint32_t expected_steps = 100;  // for PCT's change points
  std::uint32_t step_limit = 20'000;
  std::uint32_t stop_at_step = 0;      // raise SIGTRAP before this step (0: never)
  bool stop_at_end = false;            // and where the execution ends
  std::uint32_t choice_count = 0;      // decisions given; later ones are the strategy's
  std::uint32_t sleep_at = 0xffffffff; // decision at which the sleep set begins
  std::uint64_t sleep_mask = 0;        // tasks
  std::uint16_t choices[most_choices];
};

// The log of decisions: one Decision head and its Candidates after it.
enum class DecisionKind : std::uint8_t { schedule, value };

struct Footprint {          // what an operation touches; two commute if none writes what the other touches
  std::uint32_t object[2];  // folded addresses; 0: nothing
  std::uint8_t write[2];
  std::uint8_t kind;        // OpKind, for the reader
  std::uint8_t unused;
};

struct Candidate {
  std::uint8_t task;
  std::uint8_t variant;
  std::uint8_t cost;  // preemptions
  std::uint8_t unused;
  Footprint footprint;
};

struct Decision {
  DecisionKind kind;
  std::uint8_t unused;
  std::uint16_t count;  // of candidates (schedule) or values
  std::uint16_t chosen;
  std::uint16_t unused2;
  std::uint64_t asleep;  // tasks, before this decision
};

struct Frames {
  std::uint32_t count;
  std::uintptr_t pc[most_frames];  // instruction addresses inside the calls, innermost first
};

struct Event {
  std::uint32_t step;
  std::uint8_t task;
  std::uint8_t kind;     // OpKind
  std::uint8_t variant;
  std::int32_t other;    // another task concerned: created, joined, woken; -1
  std::uint32_t flags;
  std::uint64_t object;
  std::uint64_t object2;
  std::uint64_t value;
  std::uint64_t value2;
  std::uint64_t time_ns;
  Frames frames;
};

struct FailedExpectation {
  char file[128];
  std::int32_t line;
  char message[1024];
};

struct TaskEnd {  // where a task was when the execution ended
  std::uint8_t state;    // 0 absent, 1 waits, 2 can run, 3 finished
  std::uint8_t kind;     // OpKind of its pending operation
  std::int16_t owner;    // task that holds what it waits for; -1
  std::uint64_t object;
  std::uint64_t object2;
  Frames frames;
  char name[16];
};

struct RaceSide {
  std::uint8_t task;
  std::uint8_t write;
  std::uint8_t atomic;
  std::uint8_t bytes;
  Frames frames;
};

struct Report {  // what the child answers
  Outcome outcome;
  std::uint8_t tasks;
  std::uint8_t culprit;  // task
  std::int32_t code;     // exit status or signal number
  std::uint32_t steps;
  std::uint32_t preemptions;
  std::uint32_t switches;
  std::uint32_t spin_steps;
  std::uint32_t most_active;
  std::uint32_t wake_ups;
  std::uint64_t makespan_ns;
  std::uint64_t hash;  // of all events
  std::uint32_t decisions;
  std::uint32_t log_used;  // in words of 4 bytes
  std::uint32_t log_cut;   // decisions that found no room
  std::uint32_t event_count;
  std::uint32_t failure_count;
  char text[text_bytes];
  char detail[text_bytes];
  std::uint64_t race_address;
  RaceSide race[2];
  Frames where;
  TaskEnd ends[64];
  FailedExpectation failures[8];
  Event events[most_events];
  std::uint32_t log[log_words];
};

struct Exchange {
  Order order;
  Report report;
};

}  // namespace lockstep::engine
