#include "bounded_buffer.hpp"

#include <deque>

namespace pdc {

struct BoundedBuffer::Impl {
  using Deadline = std::optional<std::chrono::steady_clock::time_point>;

  const std::size_t capacity;
  mutable std::mutex mutex;
  std::condition_variable not_full;   // getters notify, putters wait
  std::condition_variable not_empty;  // putters notify, getters wait
  std::deque<Item> items;
  bool closed = false;

  explicit Impl(std::size_t limit) : capacity(limit) {}

  // False if the deadline is over and `ready` still does not hold.
  template <class Ready>
  static bool wait(std::condition_variable& changed, std::unique_lock<std::mutex>& lock, Deadline deadline, Ready ready) {
    if (deadline) return changed.wait_until(lock, *deadline, ready);
    changed.wait(lock, ready);
    return true;
  }

  bool put(Item item, Deadline deadline) {
    std::unique_lock lock(mutex);
    if (!wait(not_full, lock, deadline, [&] { return closed || items.size() < capacity; }) || closed) return false;
    items.push_back(item);
    not_empty.notify_one();
    return true;
  }

  std::optional<Item> get(Deadline deadline) {
    std::unique_lock lock(mutex);
    if (!wait(not_empty, lock, deadline, [&] { return closed || !items.empty(); }) || items.empty()) return std::nullopt;
    const Item item = items.front();
    items.pop_front();
    not_full.notify_one();
    return item;
  }
};

BoundedBuffer::BoundedBuffer(std::size_t capacity) {
  if (capacity == 0) throw std::invalid_argument("a buffer needs room for at least one item");
  p_ = std::make_unique<Impl>(capacity);
}

BoundedBuffer::~BoundedBuffer() = default;

bool BoundedBuffer::put(Item item) { return p_->put(item, std::nullopt); }

bool BoundedBuffer::put_for(Item item, ms timeout) { return p_->put(item, std::chrono::steady_clock::now() + timeout); }

std::optional<BoundedBuffer::Item> BoundedBuffer::get() { return p_->get(std::nullopt); }

std::optional<BoundedBuffer::Item> BoundedBuffer::get_for(ms timeout) { return p_->get(std::chrono::steady_clock::now() + timeout); }

void BoundedBuffer::close() noexcept {
  const std::lock_guard lock(p_->mutex);
  p_->closed = true;
  p_->not_full.notify_all();
  p_->not_empty.notify_all();
}

std::size_t BoundedBuffer::size() const {
  const std::lock_guard lock(p_->mutex);
  return p_->items.size();
}

}  // namespace pdc
