// The interface of the exercise. This file is fixed: your work goes into thread_pool.cpp.
#pragma once

#include "pdc/prelude.hpp"

namespace pdc {

class ThreadPool {
 public:
  using Value = std::int64_t;
  explicit ThreadPool(std::size_t workers);
  ~ThreadPool();                                        // shutdown(true)
  std::future<Value> submit(std::function<Value()> f);  // after shutdown: Closed
  std::vector<Value> map(const std::function<Value(Value)>& f, const std::vector<Value>& in);
  void shutdown(bool finish_queued);  // false: queued tasks are dropped (their futures: broken_promise)
  std::size_t workers() const noexcept;
  PDC_PIMPL(ThreadPool);
};

}  // namespace pdc
