#include "barrier.hpp"

#include <semaphore>

namespace pdc {

struct CyclicBarrier::Impl {
  const std::size_t parties;
  const std::function<void()> on_complete;
  std::mutex mutex;
  std::size_t count = 0;
  std::counting_semaphore<> turnstile{0};
  std::atomic<bool> broken{false};

  Impl(std::size_t size, std::function<void()> function) : parties(size), on_complete(std::move(function)) {}

  void break_now() {
    broken = true;
    turnstile.release();
  }

  std::size_t arrive(std::optional<std::chrono::steady_clock::time_point> deadline) {
    if (broken) throw BrokenBarrier("broken");
    std::size_t index;
    {
      std::lock_guard lock(mutex);
      index = count++;
    }
    if (count == parties) {
      if (on_complete) {
        try {
          on_complete();
        } catch (...) {
          break_now();
          throw;
        }
      }
      turnstile.release();
    }
    if (!deadline)
      turnstile.acquire();
    else if (!turnstile.try_acquire_for(*deadline - std::chrono::steady_clock::now()))
      broken = true;
    turnstile.release();
    if (broken) throw BrokenBarrier("broken");
    {
      std::lock_guard lock(mutex);
      --count;
    }
    if (count == 0) turnstile.acquire();
    return index;
  }
};

CyclicBarrier::CyclicBarrier(std::size_t parties, std::function<void()> on_complete) {
  if (parties == 0) throw std::invalid_argument("no parties");
  p_ = std::make_unique<Impl>(parties, std::move(on_complete));
}

CyclicBarrier::~CyclicBarrier() = default;

std::size_t CyclicBarrier::arrive_and_wait() { return p_->arrive({}); }

std::size_t CyclicBarrier::arrive_and_wait_for(ms timeout) { return p_->arrive(std::chrono::steady_clock::now() + timeout); }

void CyclicBarrier::abort() { p_->break_now(); }

bool CyclicBarrier::broken() const { return p_->broken; }

}  // namespace pdc
