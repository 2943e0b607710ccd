#include "barrier.hpp"

namespace pdc {

struct CyclicBarrier::Impl {};

CyclicBarrier::CyclicBarrier(std::size_t /*parties*/, std::function<void()> /*on_complete*/) {}

CyclicBarrier::~CyclicBarrier() {}

std::size_t CyclicBarrier::arrive_and_wait() { PDC_TODO(); }

std::size_t CyclicBarrier::arrive_and_wait_for(ms /*timeout*/) { PDC_TODO(); }

void CyclicBarrier::abort() { PDC_TODO(); }

bool CyclicBarrier::broken() const { return false; }

}  // namespace pdc
