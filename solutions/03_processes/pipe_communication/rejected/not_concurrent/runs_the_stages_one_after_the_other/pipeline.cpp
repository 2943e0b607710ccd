#include "pipeline.hpp"

namespace pdc {

std::vector<std::int64_t> run_pipeline(const std::vector<std::int64_t>& items, const std::vector<Stage>& stages) {
  std::vector<std::int64_t> results = items;
  for (std::size_t s = 0; s < stages.size(); ++s) {
    try {
      for (std::int64_t& item : results) item = stages[s](item);
    } catch (const std::exception& error) {
      throw StageFailed(s, error.what());
    } catch (...) {
      throw StageFailed(s, "unknown exception");
    }
  }
  return results;
}

}  // namespace pdc
