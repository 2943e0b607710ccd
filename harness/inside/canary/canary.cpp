#include "canary.hpp"

namespace pdc {
namespace {
long counter = 0;
std::mutex guard;
}  // namespace

void count(bool locked) {
  std::unique_lock lock(guard, std::defer_lock);
  if (locked) lock.lock();
  ++counter;
}

long counted() {
  const std::lock_guard lock(guard);
  return counter;
}
}  // namespace pdc
