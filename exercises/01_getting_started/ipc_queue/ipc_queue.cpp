#include "ipc_queue.hpp"

namespace pdc {

struct PipeQueue::Impl {};

PipeQueue::PipeQueue() {}
PipeQueue::~PipeQueue() {}

void PipeQueue::put([[maybe_unused]] std::string_view msg) { PDC_TODO(); }

std::optional<std::string> PipeQueue::get() { PDC_TODO(); }

void PipeQueue::close_put() noexcept {}
void PipeQueue::close_get() noexcept {}

std::vector<std::string> produce_consume([[maybe_unused]] const std::vector<std::vector<std::string>>& per_producer) { PDC_TODO(); }

}  // namespace pdc
