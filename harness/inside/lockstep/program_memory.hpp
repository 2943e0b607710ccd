#pragma once

#include <cstddef>

namespace lockstep::engine {

// In the parent, once: reserves the mapping that executions take memory from.
void prepare_program_memory();
std::size_t program_memory_used();

}  // namespace lockstep::engine
