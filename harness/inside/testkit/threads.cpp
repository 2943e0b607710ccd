#include "harness/inside/testkit/threads.hpp"

#include <cxxabi.h>

#include <atomic>
#include <exception>
#include <thread>
#include <utility>

#include "harness/inside/testkit/threads_start_line.hpp"
#include "harness/inside/testkit/threads_state.hpp"
#include "harness/inside/testkit/threads_watch.hpp"
#include "harness/inside/testkit/under_tsan.hpp"

namespace lockstep::testkit {
namespace {

// Calls `function` and returns what it threw. The unwinding of pthread_exit is no exception of the function's and goes on.
std::exception_ptr thrown_by(const std::function<void()>& function) {
  try {
    function();
  } catch (const abi::__forced_unwind&) {
    throw;
  } catch (...) {
    return std::current_exception();
  }
  return nullptr;
}

}  // namespace

void together(std::vector<std::function<void()>> functions) {
  StartLine line(functions.size());
  std::vector<std::exception_ptr> thrown(functions.size());
  std::vector<std::thread> threads;
  threads.reserve(functions.size());
  try {
    for (std::size_t i = 0; i < functions.size(); ++i)
      threads.emplace_back([&line, &function = functions[i], &result = thrown[i]] {
        if (line.wait_for_all()) result = thrown_by(function);
      });
  } catch (...) {  // no more threads to be had
    line.abandon();
    for (std::thread& thread : threads) thread.join();
    throw;
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::exception_ptr& exception : thrown)
    if (exception) std::rethrow_exception(exception);
}

void together(std::size_t count, const std::function<void(std::size_t)>& function) {
  std::vector<std::function<void()>> functions;
  functions.reserve(count);
  for (std::size_t i = 0; i < count; ++i) functions.emplace_back([&function, i] { function(i); });
  together(std::move(functions));
}

struct Worker::State {
  std::function<void()> function;
  std::exception_ptr thrown;
  std::atomic<int> tid{0};        // relaxed: looking at a thread orders nothing
  std::atomic<bool> done{false};  // released by the thread: who learns that it finished may read what it wrote, as after a join
  std::thread thread;
};

Worker::Worker(std::function<void()> function) : state_(std::make_shared<State>()) {
  state_->function = std::move(function);
  state_->thread = std::thread([state = state_.get()] {
    state->tid.store(own_tid(), std::memory_order_relaxed);
    state->thrown = thrown_by(state->function);
    state->done.store(true, std::memory_order_release);
  });
  while (state_->tid.load(std::memory_order_relaxed) == 0) sleep_unseen(50);
}

Worker::~Worker() {
  if (state_->thread.joinable()) state_->thread.join();
}

bool Worker::finished() const { return state_->done.load(std::memory_order_acquire); }

void Worker::join() {
  if (state_->thread.joinable()) state_->thread.join();
  if (std::exception_ptr exception = std::exchange(state_->thrown, nullptr)) std::rethrow_exception(exception);
}

bool Worker::wait_until_blocked() {
  BlockedWatch watch(state_->tid.load(std::memory_order_relaxed));
  for (;; sleep_unseen(1000)) {
    if (finished()) return false;
    switch (watch.look()) {
      case BlockedWatch::Seen::blocked:
      case BlockedWatch::Seen::all_blocked_for_good:
        return true;
      case BlockedWatch::Seen::spins:
      case BlockedWatch::Seen::gone:
        return false;
      case BlockedWatch::Seen::nothing_yet:
        break;
    }
  }
}

bool Worker::wait_until_finished() {
  BlockedWatch watch(state_->tid.load(std::memory_order_relaxed));
  for (;; sleep_unseen(1000)) {
    if (finished()) return true;
    if (watch.look() == BlockedWatch::Seen::all_blocked_for_good && !finished()) return false;
  }
}

int repetitions([[maybe_unused]] int under_native, [[maybe_unused]] int under_tsan) {
#ifdef LOCKSTEP_UNDER_TSAN
  return under_tsan;
#else
  return under_native;
#endif
}

}  // namespace lockstep::testkit
