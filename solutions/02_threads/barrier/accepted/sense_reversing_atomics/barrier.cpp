// Arrivals are counted in an atomic; a phase ends when the sense (here: a phase number and two flags in one word) changes. Untimed
// waiters sleep on the word itself; C++20 has no timed wait on an atomic, so timed ones sleep on a condition variable beside it.
#include "barrier.hpp"

namespace pdc {

struct CyclicBarrier::Impl {
  static constexpr std::uint32_t broken_bit = 1, closing_bit = 2, one_phase = 4;

  const std::uint32_t parties;
  const std::function<void()> on_complete;
  std::atomic<std::uint32_t> arrived{0};
  std::atomic<std::uint32_t> word{0};  // phase number * 4 + closing (all have arrived) + broken
  std::mutex mutex;                    // only for timed sleepers
  std::condition_variable changed;

  Impl(std::size_t count, std::function<void()> function) : parties(static_cast<std::uint32_t>(count)), on_complete(std::move(function)) {}

  static std::uint32_t phase_of(std::uint32_t value) { return value / one_phase; }

  void wake_all() {
    word.notify_all();
    { std::lock_guard lock(mutex); }
    changed.notify_all();
  }

  void break_now() {
    word.fetch_or(broken_bit);
    wake_all();
  }

  // Breaks the barrier unless the phase of `seen` is complete or about to be. True if it is broken in that phase now.
  bool give_up(std::uint32_t seen) {
    std::uint32_t value = word.load();
    while (phase_of(value) == phase_of(seen) && !(value & broken_bit)) {
      if (value & closing_bit) return false;
      if (word.compare_exchange_weak(value, value | broken_bit)) {
        wake_all();
        return true;
      }
    }
    return phase_of(value) == phase_of(seen);
  }

  std::size_t arrive(std::optional<std::chrono::steady_clock::time_point> deadline) {
    const std::uint32_t seen = word.load();
    if (seen & broken_bit) throw BrokenBarrier("the barrier is broken");
    const std::uint32_t index = arrived.fetch_add(1);
    if (index + 1 == parties) {
      complete(seen);
      return index;
    }
    const auto over = [&] {
      const std::uint32_t value = word.load();
      return phase_of(value) != phase_of(seen) || (value & broken_bit);
    };
    bool timed_out = false;
    if (deadline) {
      std::unique_lock lock(mutex);
      timed_out = !changed.wait_until(lock, *deadline, over);
    }
    if (timed_out && give_up(seen)) throw BrokenBarrier("timed out");
    for (std::uint32_t value = word.load(); phase_of(value) == phase_of(seen); value = word.load()) {
      if (value & broken_bit) throw BrokenBarrier("the barrier broke in this phase");
      word.wait(value);
    }
    return index;
  }

  void complete(std::uint32_t seen) {
    std::uint32_t value = seen;
    do {
      if (value & broken_bit) throw BrokenBarrier("the barrier broke in this phase");
    } while (!word.compare_exchange_weak(value, value | closing_bit));
    if (on_complete) {
      try {
        on_complete();
      } catch (...) {
        break_now();
        throw;
      }
    }
    arrived.store(0);
    value = word.load();
    do {
      if (value & broken_bit) throw BrokenBarrier("the barrier broke in this phase");
    } while (!word.compare_exchange_weak(value, (phase_of(value) + 1) * one_phase));
    wake_all();
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

bool CyclicBarrier::broken() const { return (p_->word.load() & Impl::broken_bit) != 0; }

}  // namespace pdc
