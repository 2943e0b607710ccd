// Locks on the engine's own state, for every interface that has one (pthread, C11).
#pragma once

#include <pthread.h>

#include <cstdint>

#include "harness/inside/lockstep/engine.hpp"

namespace lockstep::engine {

// Results are those of pthread_mutex_lock(3) and its relatives. `deadline`: virtual nanoseconds, or no_deadline.
int lock_mutex(pthread_mutex_t* mutex, std::int64_t deadline);
int try_lock_mutex(pthread_mutex_t* mutex);
int unlock_mutex(pthread_mutex_t* mutex);
int destroy_mutex(pthread_mutex_t* mutex);
Mutex& mutex_at(pthread_mutex_t* mutex);
void forget_mutex(pthread_mutex_t* mutex);

// Those that `task` still holds when it ends: robust ones pass on, others are a mistake.
void release_at_end(Task& task);

// Gives the mutex up, whatever its count, and returns the count; for a wait on a condition.
int give_up_mutex(pthread_mutex_t* mutex);
void take_back_mutex(pthread_mutex_t* mutex, int count);

[[noreturn]] void misuse(const char* what, const char* why);

}  // namespace lockstep::engine
