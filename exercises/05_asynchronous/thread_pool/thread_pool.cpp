#include "thread_pool.hpp"

namespace pdc {

struct ThreadPool::Impl {};

ThreadPool::ThreadPool(std::size_t /*workers*/) {}

ThreadPool::~ThreadPool() {}

std::future<ThreadPool::Value> ThreadPool::submit(std::function<Value()> /*f*/) { PDC_TODO(); }

std::vector<ThreadPool::Value> ThreadPool::map(const std::function<Value(Value)>& /*f*/, const std::vector<Value>& /*in*/) { PDC_TODO(); }

void ThreadPool::shutdown(bool /*finish_queued*/) { PDC_TODO(); }

std::size_t ThreadPool::workers() const noexcept { return 0; }

}  // namespace pdc
