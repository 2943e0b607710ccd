// Virtual time. It begins at a fixed moment, moves when nobody can go on, and a little at each look at it.
#pragma once

#include <time.h>

#include <cstdint>

namespace lockstep::engine {

inline constexpr std::int64_t realtime_epoch_ns = 1'700'000'000'000'000'000;  // of CLOCK_REALTIME when an execution begins
inline constexpr std::int64_t monotonic_epoch_ns = 1'000'000'000'000;
inline constexpr std::uint64_t tick_ns = 100;                                 // per look

// An absolute time of `clock` as virtual nanoseconds since the execution began; the past is 0.
std::int64_t deadline_of(clockid_t clock, const timespec* when);
std::int64_t deadline_in(const timespec* duration);
bool is_valid(const timespec* time);

// What clock_gettime(2) says now; a look makes time pass.
void look_at_clock(clockid_t clock, timespec* to);

// Sleeps until `deadline`.
void sleep_until(std::int64_t deadline);

}  // namespace lockstep::engine
