// What an exploration found, on its way out of the process: a record of the channel, or words on the standard output if nobody listens there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/inside/lockstep/explorer.hpp"
#include "harness/inside/lockstep/operation.hpp"

namespace lockstep::engine {

// LOCKSTEP_PLAN, rows of key=value: budget, seconds, bound, strategy, time, spurious, seed, stop, outcomes.
Plan plan_from_environment();

// Choices as text: "index:choice" of those that are not the default, with commas between.
std::string write_choices(const std::vector<std::uint16_t>& choices);
std::vector<std::uint16_t> parse_choices(std::string_view text);

void emit_exploration(std::string_view test, const Explored& explored, const Exchange& exchange);

const char* word_of(Outcome outcome);
const char* word_of(OpKind kind);

}  // namespace lockstep::engine
