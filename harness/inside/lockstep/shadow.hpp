// The race detector: for each eight bytes of memory, the last accesses and when they were. Two accesses of different tasks that touch a common
// byte, one of which writes and one of which is not atomic, race if neither happens before the other ([intro.races]; the bookkeeping follows
// FastTrack, Flanagan and Freund, PLDI 2009).
#pragma once

#include <cstddef>
#include <cstdint>

namespace lockstep::engine {

enum AccessFlags : std::uint8_t { access_read = 0, access_write = 1, access_atomic = 2, access_free = 4 };

// The current task accesses [address, address + size); `pc` is the return address of the callback. Ends the execution if that races.
void note_access(std::uintptr_t address, std::size_t size, std::uint8_t flags, std::uintptr_t pc);

// The range begins a new life: what was there before does not count.
void forget_range(std::uintptr_t address, std::size_t size);

}  // namespace lockstep::engine
