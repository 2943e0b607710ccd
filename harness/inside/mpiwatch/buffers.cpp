#include "harness/inside/mpiwatch/buffers.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include "harness/inside/mpiwatch/communicators.hpp"
#include "harness/inside/mpiwatch/types.hpp"

extern "C" {
[[gnu::weak]] void __asan_poison_memory_region(void const volatile* from, std::size_t bytes);
[[gnu::weak]] void __asan_unpoison_memory_region(void const volatile* from, std::size_t bytes);
[[gnu::weak]] void* __asan_region_is_poisoned(void* from, std::size_t bytes);
}

namespace lockstep::mpiwatch {
namespace {

// Not instrumented: what it reads may be closed to the student.
[[gnu::no_sanitize("address", "undefined", "thread")]] std::uint64_t hash_bytes(const unsigned char* at, std::size_t bytes, std::uint64_t seed) {
  std::uint64_t hash = seed;
  while (bytes >= 8) {
    std::uint64_t word = 0;
    for (int i = 0; i < 8; ++i) word |= static_cast<std::uint64_t>(at[i]) << (8 * i);
    hash = mixed(hash, word);
    at += 8;
    bytes -= 8;
  }
  for (; bytes > 0; --bytes) hash = mixed(hash, *at++);
  return hash;
}

}  // namespace

bool is_readable(const void* from, std::size_t bytes) {
  if (bytes == 0) return true;
  static const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const std::uintptr_t begin = reinterpret_cast<std::uintptr_t>(from) / page * page;
  const std::uintptr_t end = reinterpret_cast<std::uintptr_t>(from) + bytes;
  // Changes nothing, and fails if a page is not mapped.
  if (::msync(reinterpret_cast<void*>(begin), end - begin, MS_ASYNC) != 0) return false;
  if (__asan_region_is_poisoned != nullptr && __asan_region_is_poisoned(const_cast<void*>(from), bytes) != nullptr) return false;
  return true;
}

bool range_of(const void* buffer, int count, MPI_Datatype type, std::uintptr_t& from, std::uintptr_t& to) {
  const Type& known = type_of(type);
  from = reinterpret_cast<std::uintptr_t>(buffer) + static_cast<std::uintptr_t>(known.lower);
  to = from + static_cast<std::uintptr_t>(known.size) * static_cast<std::uintptr_t>(count);
  return known.contiguous && count > 0 && known.size > 0;
}

std::uint64_t hash_of(const void* buffer, int count, MPI_Datatype type, bool& known) {
  std::uintptr_t from = 0, to = 0;
  known = range_of(buffer, count, type, from, to) && is_readable(reinterpret_cast<const void*>(from), to - from);
  return known ? hash_bytes(reinterpret_cast<const unsigned char*>(from), to - from, to - from) : 0;
}

const Request* find_overlap(const Request& request) {
  std::uintptr_t from = 0, to = 0;
  if (request.kind == RequestKind::collective || !range_of(request.buffer, request.count, request.type, from, to)) return nullptr;
  for (const Request* other : live_requests()) {
    if (other == &request || other->kind == RequestKind::collective || other->given_away || other->freed || other->replaced || other->peer == MPI_PROC_NULL || other->buffer == nullptr) continue;
    if (request.only_reads() && other->only_reads()) continue;  // both only read
    std::uintptr_t begin = 0, end = 0;
    if (range_of(other->buffer, other->count, other->type, begin, end) && begin < to && from < end) return other;
  }
  return nullptr;
}

void close_to_student(const Request& request) {
  std::uintptr_t from = 0, to = 0;
  if (__asan_poison_memory_region == nullptr || !range_of(request.buffer, request.count, request.type, from, to)) return;
  from = (from + 7) / 8 * 8;  // whole units of AddressSanitizer's, so that neighbours stay open
  if (from < to / 8 * 8) __asan_poison_memory_region(reinterpret_cast<void*>(from), to / 8 * 8 - from);
}

void open_to_student(const Request& request) {
  std::uintptr_t from = 0, to = 0;
  if (__asan_unpoison_memory_region == nullptr || !range_of(request.buffer, request.count, request.type, from, to)) return;
  from = (from + 7) / 8 * 8;
  if (from < to / 8 * 8) __asan_unpoison_memory_region(reinterpret_cast<void*>(from), to / 8 * 8 - from);
}

}  // namespace lockstep::mpiwatch
