// The record of an exploration: what emit_exploration (harness/inside/lockstep/answer.cpp) wrote.
#pragma once

#include "harness/model/observation.hpp"
#include "harness/observe/records.hpp"

namespace lockstep::observe {

model::Exploration read_exploration(Fields& fields);

}  // namespace lockstep::observe
