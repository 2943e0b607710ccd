// What lasts over several steps of an explored schedule: who exists, who holds which lock, who waits until when, and who lets whom go on. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "harness/model/observation.hpp"
#include "harness/model/record.hpp"

namespace lockstep::judge {

using NameOfObject = std::function<std::string(const std::string& what, std::uint64_t object)>;  // "mutex", 8 -> "mutex A"

// Adds spans and arrows to a schedule whose rows are complete. `row_of`: for each event the row that shows it, or the one before.
void add_spans(model::Schedule& schedule, const model::Exploration& seen, const std::vector<int>& row_of, const NameOfObject& name);

}  // namespace lockstep::judge
