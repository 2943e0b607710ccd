// What this machine can give: found by doing it once, with a canary that tries what must be refused and what must work.
#pragma once

#include <string>
#include <vector>

#include "harness/model/record.hpp"
#include "harness/run/process_runner.hpp"
#include "harness/run/slot.hpp"

namespace lockstep::run {

struct Confined {
  Confinement confinement = Confinement::none;
  std::vector<model::Protection> protections;
  std::string level;
};

// Tries the ways from the strongest to the weakest, or only the one that is wished. Takes 10 to 30 ms. Throws model::Fault if even a run
// without any wall fails, or if the wished way does.
Confined find_confinement(Confinement wished, const Slot& slot, const std::string& box_init);

}  // namespace lockstep::run
