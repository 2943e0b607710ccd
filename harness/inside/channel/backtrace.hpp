// The calls that led here, as addresses of instructions inside them, innermost first. Allocates nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace lockstep::channel {

std::size_t read_backtrace(std::span<std::uintptr_t> to);  // returns how many there are

}  // namespace lockstep::channel
