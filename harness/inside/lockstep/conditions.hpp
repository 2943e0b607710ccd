// Condition variables on the engine's own state.
#pragma once

#include <pthread.h>

#include <cstdint>

namespace lockstep::engine {

// Results as pthread_cond_wait(3) and its relatives.
int wait_condition(pthread_cond_t* condition, pthread_mutex_t* mutex, std::int64_t deadline);
int notify_condition(pthread_cond_t* condition, bool all);
int destroy_condition(pthread_cond_t* condition);

}  // namespace lockstep::engine
