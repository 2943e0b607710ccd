#include "pipeline.hpp"

namespace pdc {

std::vector<std::int64_t> run_pipeline([[maybe_unused]] const std::vector<std::int64_t>& items,
                                       [[maybe_unused]] const std::vector<Stage>& stages) {
  PDC_TODO();
}

}  // namespace pdc
