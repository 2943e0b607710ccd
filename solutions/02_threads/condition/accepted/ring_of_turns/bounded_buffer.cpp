// A ring whose slots count turns: even turns are free to be written, odd ones full. Nobody locks anything to move an item. Waiters sleep
// on a counter of changes; those with a timeout on a condition variable beside it, because C++20 has no timed wait on an atomic.
#include "bounded_buffer.hpp"

namespace pdc {

struct BoundedBuffer::Impl {
  enum class Result { done, not_now, closed };
  struct Slot {
    std::atomic<std::uint64_t> turn{0};
    Item item{};
  };
  static constexpr std::uint64_t closed_bit = std::uint64_t{1} << 63;

  const std::uint64_t capacity;
  std::vector<Slot> slots;
  std::atomic<std::uint64_t> head{0};
  std::atomic<std::uint64_t> tail{0};  // and the closed bit: so nobody enters once it is set
  std::atomic<std::uint32_t> changes{0};
  std::atomic<int> timed_sleepers{0};
  std::mutex mutex;
  std::condition_variable changed;

  explicit Impl(std::size_t limit) : capacity(limit), slots(limit) {}

  void tell() noexcept {
    changes.fetch_add(1);
    changes.notify_all();
    if (timed_sleepers.load() == 0) return;
    { std::lock_guard lock(mutex); }
    changed.notify_all();
  }

  Result try_put(Item item) {
    for (std::uint64_t at = tail.load();;) {
      if (at & closed_bit) return Result::closed;
      Slot& slot = slots[at % capacity];
      if (slot.turn.load() == 2 * (at / capacity)) {
        if (!tail.compare_exchange_weak(at, at + 1)) continue;
        slot.item = item;
        slot.turn.store(2 * (at / capacity) + 1);
        return Result::done;
      }
      if (const std::uint64_t now = tail.load(); now != at)
        at = now;
      else
        return Result::not_now;
    }
  }

  Result try_get(Item& item) {
    for (std::uint64_t at = head.load();;) {
      Slot& slot = slots[at % capacity];
      if (slot.turn.load() == 2 * (at / capacity) + 1) {
        if (!head.compare_exchange_weak(at, at + 1)) continue;
        item = slot.item;
        slot.turn.store(2 * (at / capacity) + 2);
        return Result::done;
      }
      if (const std::uint64_t now = head.load(); now != at)
        at = now;
      else
        return tail.load() == (at | closed_bit) ? Result::closed : Result::not_now;
    }
  }

  template <class Try>
  Result until_possible(Try attempt, std::optional<ms> timeout) {
    const auto deadline = std::chrono::steady_clock::now() + timeout.value_or(ms(0));
    for (;;) {
      const std::uint32_t seen = changes.load();
      const Result result = attempt();
      if (result == Result::done) tell();
      if (result != Result::not_now) return result;
      if (!timeout) {
        changes.wait(seen);
        continue;
      }
      std::unique_lock lock(mutex);
      ++timed_sleepers;
      const bool again = changed.wait_until(lock, deadline, [&] { return changes.load() != seen; });
      --timed_sleepers;
      if (!again) return Result::not_now;
    }
  }
};

BoundedBuffer::BoundedBuffer(std::size_t capacity) {
  if (capacity == 0) throw std::invalid_argument("a buffer needs room for at least one item");
  p_ = std::make_unique<Impl>(capacity);
}

BoundedBuffer::~BoundedBuffer() = default;

bool BoundedBuffer::put(Item item) {
  return p_->until_possible([&] { return p_->try_put(item); }, {}) == Impl::Result::done;
}

bool BoundedBuffer::put_for(Item item, ms timeout) {
  return p_->until_possible([&] { return p_->try_put(item); }, timeout) == Impl::Result::done;
}

std::optional<BoundedBuffer::Item> BoundedBuffer::get() {
  Item item{};
  if (p_->until_possible([&] { return p_->try_get(item); }, {}) != Impl::Result::done) return std::nullopt;
  return item;
}

std::optional<BoundedBuffer::Item> BoundedBuffer::get_for(ms timeout) {
  Item item{};
  if (p_->until_possible([&] { return p_->try_get(item); }, timeout) != Impl::Result::done) return std::nullopt;
  return item;
}

void BoundedBuffer::close() noexcept {
  p_->tail.fetch_or(Impl::closed_bit);
  p_->tell();
}

std::size_t BoundedBuffer::size() const {
  const std::uint64_t from = p_->head.load();
  const std::uint64_t to = p_->tail.load() & ~Impl::closed_bit;
  return static_cast<std::size_t>(std::min(to - from, p_->capacity));
}

}  // namespace pdc
