#include "bounded_buffer.hpp"

namespace pdc {

struct BoundedBuffer::Impl {};

BoundedBuffer::BoundedBuffer(std::size_t /*capacity*/) {}

BoundedBuffer::~BoundedBuffer() {}

bool BoundedBuffer::put(Item /*item*/) { PDC_TODO(); }

bool BoundedBuffer::put_for(Item /*item*/, ms /*timeout*/) { PDC_TODO(); }

std::optional<BoundedBuffer::Item> BoundedBuffer::get() { PDC_TODO(); }

std::optional<BoundedBuffer::Item> BoundedBuffer::get_for(ms /*timeout*/) { PDC_TODO(); }

void BoundedBuffer::close() noexcept {}

std::size_t BoundedBuffer::size() const { return 0; }

}  // namespace pdc
