// One condition variable for both kinds: then everybody must be woken after each change. Notifies after it let go of the mutex.
#include "bounded_buffer.hpp"

#include <deque>

namespace pdc {

struct BoundedBuffer::Impl {
  explicit Impl(std::size_t limit) : capacity(limit) {}

  std::size_t capacity;
  std::deque<Item> items;
  bool closed = false;
  std::mutex mutex;
  std::condition_variable changed;

  template <class Ready, class Act>
  bool when(Ready ready, std::optional<ms> timeout, Act act) {
    {
      std::unique_lock lock(mutex);
      if (!timeout) {
        while (!ready()) changed.wait(lock);
      } else {
        const auto deadline = std::chrono::steady_clock::now() + *timeout;
        while (!ready())
          if (changed.wait_until(lock, deadline) == std::cv_status::timeout && !ready()) return false;
      }
      if (!act()) return false;
    }
    changed.notify_all();
    return true;
  }

  bool put(Item item, std::optional<ms> timeout) {
    return when([&] { return closed || items.size() != capacity; }, timeout,
                [&] {
                  if (!closed) items.push_back(item);
                  return !closed;
                });
  }

  std::optional<Item> get(std::optional<ms> timeout) {
    std::optional<Item> item;
    when([&] { return closed || !items.empty(); }, timeout,
         [&] {
           if (items.empty()) return false;
           item = items.front();
           items.pop_front();
           return true;
         });
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
  {
    std::lock_guard lock(p_->mutex);
    p_->closed = true;
  }
  p_->changed.notify_all();
}

std::size_t BoundedBuffer::size() const {
  std::lock_guard lock(p_->mutex);
  return p_->items.size();
}

}  // namespace pdc
