#include "barrier.hpp"

namespace pdc {

struct CyclicBarrier::Impl {
  // One phase. Its fate is decided once and never changes, so that a late sleeper can still ask for it.
  struct Phase {
    std::size_t arrived = 0;
    enum class Fate { open, complete, broken } fate = Fate::open;
  };

  const std::size_t parties;
  const std::function<void()> on_complete;
  mutable std::mutex mutex;
  std::condition_variable decided;
  std::shared_ptr<Phase> phase = std::make_shared<Phase>();
  bool broken = false;

  Impl(std::size_t count, std::function<void()> function) : parties(count), on_complete(std::move(function)) {}

  void break_now() {  // with the mutex held
    broken = true;
    if (phase->fate == Phase::Fate::open) phase->fate = Phase::Fate::broken;
    decided.notify_all();
  }

  std::size_t arrive(std::optional<std::chrono::steady_clock::time_point> deadline) {
    std::unique_lock lock(mutex);
    if (broken) throw BrokenBarrier("the barrier is broken");
    const std::shared_ptr<Phase> mine = phase;
    const std::size_t index = mine->arrived++;
    if (index + 1 == parties) {
      complete(lock);
      return index;
    }
    const auto is_decided = [&] { return mine->fate != Phase::Fate::open; };
    if (!deadline) decided.wait(lock, is_decided);
    // Once all have arrived the phase can no longer time out, even if on_complete is still running.
    else if (!decided.wait_until(lock, *deadline, is_decided)) {
      if (mine->arrived < parties)
        break_now();
      else
        decided.wait(lock, is_decided);
    }
    if (mine->fate == Phase::Fate::broken) throw BrokenBarrier("the barrier broke in this phase");
    return index;
  }

  void complete(std::unique_lock<std::mutex>& lock) {
    if (on_complete) {
      lock.unlock();  // on_complete may ask the barrier
      try {
        on_complete();
      } catch (...) {
        lock.lock();
        break_now();
        throw;
      }
      lock.lock();
      if (phase->fate == Phase::Fate::broken) throw BrokenBarrier("the barrier broke in this phase");
    }
    phase->fate = Phase::Fate::complete;
    phase = std::make_shared<Phase>();
    decided.notify_all();
  }
};

CyclicBarrier::CyclicBarrier(std::size_t parties, std::function<void()> on_complete) {
  if (parties == 0) throw std::invalid_argument("a barrier needs at least one party");
  p_ = std::make_unique<Impl>(parties, std::move(on_complete));
}

CyclicBarrier::~CyclicBarrier() = default;

std::size_t CyclicBarrier::arrive_and_wait() { return p_->arrive(std::nullopt); }

std::size_t CyclicBarrier::arrive_and_wait_for(ms timeout) { return p_->arrive(std::chrono::steady_clock::now() + timeout); }

void CyclicBarrier::abort() {
  const std::lock_guard lock(p_->mutex);
  p_->break_now();
}

bool CyclicBarrier::broken() const {
  const std::lock_guard lock(p_->mutex);
  return p_->broken;
}

}  // namespace pdc
