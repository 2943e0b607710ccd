// The interface of the exercise. This file is fixed: your work goes into barrier.cpp.
#pragma once

#include "pdc/prelude.hpp"

namespace pdc {

struct BrokenBarrier : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class CyclicBarrier {
 public:
  explicit CyclicBarrier(std::size_t parties, std::function<void()> on_complete = {});
  ~CyclicBarrier();
  std::size_t arrive_and_wait();                // arrival index in this phase: 0 .. parties-1
  std::size_t arrive_and_wait_for(ms timeout);  // on timeout breaks the barrier and throws BrokenBarrier
  void abort();                                 // current and future waiters get BrokenBarrier
  bool broken() const;
  PDC_PIMPL(CyclicBarrier);
};

}  // namespace pdc
