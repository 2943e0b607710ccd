#include "bounded_buffer.hpp"

#include <deque>
#include <semaphore>

namespace pdc {

struct BoundedBuffer::Impl {
  explicit Impl(std::size_t capacity) : room(static_cast<std::ptrdiff_t>(capacity)) {}

  std::counting_semaphore<> room;
  std::counting_semaphore<> filled{0};
  mutable std::mutex mutex;
  std::deque<Item> items;
  bool closed = false;

  static bool acquire(std::counting_semaphore<>& semaphore, std::optional<ms> timeout) {
    if (!timeout) {
      semaphore.acquire();
      return true;
    }
    // Not try_acquire_until: libstdc++ polls there.
    return *timeout > ms(0) ? semaphore.try_acquire_for(*timeout) : semaphore.try_acquire();
  }

  bool put(Item item, std::optional<ms> timeout) {
    std::unique_lock lock(mutex);
    if (!acquire(room, timeout)) return false;
    if (closed) {
      lock.unlock();
      room.release();  // the next one shall be woken too
      return false;
    }
    items.push_back(item);
    lock.unlock();
    filled.release();
    return true;
  }

  std::optional<Item> get(std::optional<ms> timeout) {
    std::unique_lock lock(mutex);
    if (!acquire(filled, timeout)) return std::nullopt;
    if (items.empty()) {  // closed: a permit without an item
      lock.unlock();
      filled.release();
      return std::nullopt;
    }
    const Item item = items.front();
    items.pop_front();
    lock.unlock();
    room.release();
    return item;
  }
};

BoundedBuffer::BoundedBuffer(std::size_t capacity) {
  if (capacity == 0) throw std::invalid_argument("a buffer needs room for at least one item");
  p_ = std::make_unique<Impl>(capacity);
}

BoundedBuffer::~BoundedBuffer() = default;

bool BoundedBuffer::put(Item item) { return p_->put(item, {}); }

bool BoundedBuffer::put_for(Item item, ms timeout) { return p_->put(item, timeout); }

std::optional<BoundedBuffer::Item> BoundedBuffer::get() { return p_->get({}); }

std::optional<BoundedBuffer::Item> BoundedBuffer::get_for(ms timeout) { return p_->get(timeout); }

void BoundedBuffer::close() noexcept {
  std::unique_lock lock(p_->mutex);
  if (p_->closed) return;
  p_->closed = true;
  lock.unlock();
  p_->room.release();
  p_->filled.release();
}

std::size_t BoundedBuffer::size() const {
  std::lock_guard lock(p_->mutex);
  return p_->items.size();
}

}  // namespace pdc
