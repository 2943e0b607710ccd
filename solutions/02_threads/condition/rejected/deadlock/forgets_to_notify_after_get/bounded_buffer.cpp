#include "bounded_buffer.hpp"

namespace pdc {

struct BoundedBuffer::Impl {
  const std::ptrdiff_t capacity;
  std::vector<Item> ring;
  std::size_t first = 0, last = 0;
  std::ptrdiff_t count = 0;
  bool closed = false;
  std::mutex mutex;
  std::condition_variable not_full, not_empty;

  explicit Impl(std::size_t limit) : capacity(static_cast<std::ptrdiff_t>(limit)), ring(limit) {}

  void push(Item item) {
    ring[last] = item;
    last = (last + 1) % ring.size();
    ++count;
  }

  Item pop() {
    const Item item = ring[first];
    first = (first + 1) % ring.size();
    --count;
    return item;
  }

  bool put(Item item, std::optional<ms> timeout) {
    std::unique_lock lock(mutex);
    const auto ready = [&] { return closed || count < capacity; };
    if (!timeout)
      not_full.wait(lock, ready);
    else if (!not_full.wait_for(lock, *timeout, ready))
      return false;
    if (closed) return false;
    push(item);
    not_empty.notify_one();
    return true;
  }

  std::optional<Item> get(std::optional<ms> timeout) {
    std::unique_lock lock(mutex);
    const auto ready = [&] { return closed || count > 0; };
    if (!timeout)
      not_empty.wait(lock, ready);
    else if (!not_empty.wait_for(lock, *timeout, ready))
      return std::nullopt;
    if (count == 0) return std::nullopt;
    const Item item = pop();
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
  std::lock_guard lock(p_->mutex);
  p_->closed = true;
  p_->not_full.notify_all();
  p_->not_empty.notify_all();
}

std::size_t BoundedBuffer::size() const {
  std::lock_guard lock(p_->mutex);
  return static_cast<std::size_t>(p_->count);
}

}  // namespace pdc
