// A pipeline of processes. This file is fixed.
#pragma once
#include "pdc/prelude.hpp"

namespace pdc {

using Stage = std::function<std::int64_t(std::int64_t)>;

struct StageFailed : std::runtime_error {
  StageFailed(std::size_t s, const std::string& m) : std::runtime_error(m), stage(s) {}
  std::size_t stage;
};

std::vector<std::int64_t> run_pipeline(const std::vector<std::int64_t>& items, const std::vector<Stage>& stages);

}  // namespace pdc
