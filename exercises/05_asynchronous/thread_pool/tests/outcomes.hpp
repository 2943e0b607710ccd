// How futures and calls end, in words.
#pragma once

#include <chrono>
#include <future>
#include <string>

#include "thread_pool.hpp"

// What get() of the future gives: the value, or what its exception says.
inline std::string result_of(std::future<pdc::ThreadPool::Value>& future) {
  if (!future.valid()) return "no future";
  try {
    return std::to_string(future.get());
  } catch (const std::future_error& error) {
    return error.code() == std::future_errc::broken_promise ? "broken promise" : error.what();
  } catch (const std::exception& error) {
    return error.what();
  }
}

// The same for a future that must have its answer by now.
inline std::string result_at_hand(std::future<pdc::ThreadPool::Value>& future) {
  if (future.valid() && future.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return "not ready";
  return result_of(future);
}

// "returned", "closed", or what another exception says.
template <class Call>
std::string how_it_ends(Call call) {
  try {
    call();
    return "returned";
  } catch (const pdc::NotImplemented&) {
    throw;
  } catch (const pdc::Closed&) {
    return "closed";
  } catch (const std::exception& other) {
    return other.what();
  }
}
