#include "barrier.hpp"

namespace pdc {

struct CyclicBarrier::Impl {
  const std::size_t parties;
  const std::function<void()> on_complete;
  std::mutex mutex;
  std::condition_variable cv;
  std::size_t arrived = 0;
  std::uint64_t generation = 0;
  std::atomic<bool> broken{false};

  Impl(std::size_t count, std::function<void()> function) : parties(count), on_complete(std::move(function)) {}

  std::size_t arrive(std::optional<std::chrono::steady_clock::time_point> deadline) {
    std::unique_lock lock(mutex);
    if (broken) throw BrokenBarrier("broken");
    const std::uint64_t mine = generation;
    const std::size_t index = arrived++;
    if (index + 1 == parties) {
      complete(lock);
      return index;
    }
    const auto over = [&] { return generation != mine || broken; };
    if (!deadline) {
      cv.wait(lock, over);
    } else if (!cv.wait_until(lock, *deadline, over)) {
      if (arrived < parties) {
        broken = true;
        cv.notify_all();
      } else {
        cv.wait(lock, over);
      }
    }
    if (generation == mine) throw BrokenBarrier("broken");
    return index;
  }

  void complete(std::unique_lock<std::mutex>& lock) {
    if (on_complete) {
      lock.unlock();
      try {
        on_complete();
      } catch (...) {
        lock.lock();
        broken = true;
        cv.notify_all();
        throw;
      }
      lock.lock();
      if (broken) throw BrokenBarrier("broken");
    }
    arrived = 0;
    ++generation;
    cv.notify_all();
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
  p_->broken = true;
  p_->cv.notify_all();
}

bool CyclicBarrier::broken() const { return p_->broken; }

}  // namespace pdc
