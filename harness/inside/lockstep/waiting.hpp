// Who can go on, who waits for whom.
#pragma once

#include "harness/inside/lockstep/engine.hpp"

namespace lockstep::engine {

enum class Ready : std::uint8_t { no, ordinary, timed_out };

// Whether the announced operation of a task can be carried out now.
Ready readiness(const Task& task, std::uint64_t now_ns);

// It waits, and nothing but what it waits for is in its way: a time limit, or a wake-up for nothing, could end the wait.
bool could_wake(const Task& task);

// The task that alone can end what this one waits for, or nobody.
int holder_of(const Task& task);

// Ends the execution if `task`, which waits, is part of a circle of tasks that wait for each other without a time limit.
void refuse_cycle(const Task& task);

// On a thread that was just made: sleeps until it is its turn.
void wait_for_turn(Task& task);

}  // namespace lockstep::engine
