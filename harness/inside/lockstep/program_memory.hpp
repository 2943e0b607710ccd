#pragma once

namespace lockstep::engine {

// In the parent, once: reserves the mapping that executions take memory from.
void prepare_program_memory();

}  // namespace lockstep::engine
