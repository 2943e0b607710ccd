// The interface of the exercise. This file is fixed: your work goes into bounded_buffer.cpp.
#pragma once

#include "pdc/prelude.hpp"

namespace pdc {

class BoundedBuffer {
 public:
  using Item = std::int64_t;
  explicit BoundedBuffer(std::size_t capacity);
  ~BoundedBuffer();
  bool put(Item item);  // blocks while full; false if closed
  bool put_for(Item item, ms timeout);
  std::optional<Item> get();  // blocks while empty; nullopt once closed and drained
  std::optional<Item> get_for(ms timeout);
  void close() noexcept;  // idempotent; wakes everybody
  std::size_t size() const;
  PDC_PIMPL(BoundedBuffer);
};

}  // namespace pdc
