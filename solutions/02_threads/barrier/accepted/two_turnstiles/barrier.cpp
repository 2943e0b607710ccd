// Downey's two-phase barrier: a turnstile that lets everybody into the rendezvous and one that lets everybody out, each opened by
// the last who comes. A broken barrier opens both for good.
#include "barrier.hpp"

#include <semaphore>

namespace pdc {

namespace {
using Permits = std::counting_semaphore<1 << 20>;
}

struct CyclicBarrier::Impl {
  const std::ptrdiff_t parties;
  const std::function<void()> on_complete;
  std::mutex mutex;
  std::ptrdiff_t arrived = 0;
  std::ptrdiff_t waiting = 0;  // at the first turnstile
  std::ptrdiff_t leaving = 0;  // has to pass the second turnstile before the next phase may begin
  std::ptrdiff_t outside = 0;  // wants to arrive while the phase before is still leaving
  bool phase_complete = false;
  std::atomic<bool> broken{false};
  Permits first{0};
  Permits second{0};

  Impl(std::size_t count, std::function<void()> function) : parties(static_cast<std::ptrdiff_t>(count)), on_complete(std::move(function)) {}

  void break_now() {  // with the mutex held
    if (broken.exchange(true)) return;
    if (!phase_complete && waiting > 0) first.release(std::exchange(waiting, 0));
    if (outside > 0) second.release(std::exchange(outside, 0));
  }

  std::size_t arrive(std::optional<std::chrono::steady_clock::time_point> deadline) {
    std::unique_lock lock(mutex);
    while (!broken && phase_complete) {  // the last phase is still leaving
      ++outside;
      lock.unlock();
      if (deadline) {
        if (!second.try_acquire_for(*deadline - std::chrono::steady_clock::now())) {
          lock.lock();
          if (second.try_acquire()) continue;
          --outside;
          break_now();
          throw BrokenBarrier("timed out before the phase began");
        }
      } else {
        second.acquire();
      }
      lock.lock();
    }
    if (broken) throw BrokenBarrier("the barrier is broken");
    const std::ptrdiff_t index = arrived++;
    if (index + 1 == parties) {
      finish(lock);
      return static_cast<std::size_t>(index);
    }
    ++waiting;
    lock.unlock();
    if (!deadline) {
      first.acquire();
    } else if (!first.try_acquire_for(*deadline - std::chrono::steady_clock::now())) {
      lock.lock();
      if (!first.try_acquire()) {  // nobody has let us go
        if (arrived < parties) {
          --waiting;
          break_now();
          throw BrokenBarrier("timed out");
        }
        lock.unlock();
        first.acquire();  // all have arrived: the completion is running
        lock.lock();
      }
      lock.unlock();
    }
    lock.lock();
    if (!phase_complete) throw BrokenBarrier("the barrier broke in this phase");
    leave();
    return static_cast<std::size_t>(index);
  }

  void finish(std::unique_lock<std::mutex>& lock) {
    if (on_complete) {
      lock.unlock();
      try {
        on_complete();
      } catch (...) {
        lock.lock();
        break_now();
        throw;
      }
      lock.lock();
      if (broken) throw BrokenBarrier("the barrier broke in this phase");
    }
    phase_complete = true;
    leaving = parties;
    if (waiting > 0) first.release(std::exchange(waiting, 0));
    leave();
  }

  void leave() {  // with the mutex held: the last out opens the barrier for the next phase
    if (--leaving > 0) return;
    phase_complete = false;
    arrived = 0;
    if (outside > 0) second.release(std::exchange(outside, 0));
  }
};

CyclicBarrier::CyclicBarrier(std::size_t parties, std::function<void()> on_complete) {
  if (parties == 0) throw std::invalid_argument("no parties");
  p_ = std::make_unique<Impl>(parties, std::move(on_complete));
}

CyclicBarrier::~CyclicBarrier() = default;

std::size_t CyclicBarrier::arrive_and_wait() { return p_->arrive({}); }

std::size_t CyclicBarrier::arrive_and_wait_for(ms timeout) { return p_->arrive(std::chrono::steady_clock::now() + timeout); }

void CyclicBarrier::abort() {
  std::lock_guard lock(p_->mutex);
  p_->break_now();
}

bool CyclicBarrier::broken() const { return p_->broken; }

}  // namespace pdc
