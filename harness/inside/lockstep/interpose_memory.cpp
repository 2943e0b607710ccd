// Memory of the program inside an execution: from one mapping, in the order of the requests, each block once. So addresses do not depend on
// anything but the schedule, a block that is freed and used again is seen by the race detector, and threads that end (and free glibc's own
// memory) disturb nothing.
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include <new>

#include "harness/inside/lockstep/engine.hpp"
#include "harness/inside/lockstep/own_code.hpp"
#include "harness/inside/lockstep/program_memory.hpp"
#include "harness/inside/lockstep/real.hpp"
#include "harness/inside/lockstep/shadow.hpp"

using namespace lockstep::engine;

extern "C" {
void* __libc_malloc(size_t);
void* __libc_calloc(size_t, size_t);
void* __libc_realloc(void*, size_t);
void* __libc_memalign(size_t, size_t);
void __libc_free(void*);
}

namespace {

constexpr std::size_t room = std::size_t{1} << 30;
constexpr std::size_t header = 16;  // the size, in front of each block

char* heap = nullptr;
std::size_t used = 0;

bool ours(const void* block) { return heap && block >= heap && block < heap + room; }
std::size_t& size_of(void* block) { return *reinterpret_cast<std::size_t*>(static_cast<char*>(block) - header); }

void* take(std::size_t size, std::size_t alignment) {
  if (alignment < 16) alignment = 16;
  std::size_t begin = (used + header + alignment - 1) & ~(alignment - 1);
  if (size > room || begin + size > room) return nullptr;
  used = (begin + size + 7) & ~std::size_t{7};  // no two blocks share a granule of the race detector
  char* block = heap + begin;
  size_of(block) = size;
  return block;
}

// Threads that are not tasks (any more) get glibc's.
bool of_execution() { return engine.active && !engine.ended && self && heap; }

void release(void* block, const void* pc) {
  if (!controlled()) return;
  const Inside inside;
  const std::size_t size = size_of(block);
  if (size == SIZE_MAX) end_execution(Outcome::misuse, "frees memory that was freed before", "each block of memory is freed once");
  // What a library frees was counted there by references that nobody sees (exceptions that cross threads).
  if (in_executable(reinterpret_cast<std::uintptr_t>(pc)))
    note_access(reinterpret_cast<std::uintptr_t>(block), size, access_write | access_free, reinterpret_cast<std::uintptr_t>(pc));
  size_of(block) = SIZE_MAX;
}

}  // namespace

namespace lockstep::engine {

void prepare_program_memory() {
  void* mapping = mmap(nullptr, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  heap = mapping == MAP_FAILED ? nullptr : static_cast<char*>(mapping);
}

}  // namespace lockstep::engine

#define HERE __builtin_return_address(0)

extern "C" {

void* malloc(size_t size) noexcept {
  if (!of_execution()) return __libc_malloc(size);
  void* block = take(size, 16);
  if (!block) errno = ENOMEM;
  return block;
}

void free(void* block) noexcept {
  if (!block) return;
  if (!ours(block)) return __libc_free(block);
  release(block, HERE);
}

void* calloc(size_t count, size_t size) noexcept {
  if (!of_execution()) return __libc_calloc(count, size);
  std::size_t whole;
  if (__builtin_mul_overflow(count, size, &whole)) return nullptr;
  return take(whole, 16);  // fresh memory is zero
}

void* realloc(void* block, size_t size) noexcept {
  if (!of_execution() && !ours(block)) return __libc_realloc(block, size);
  void* bigger = malloc(size);
  if (!block || !bigger) return bigger;
  const std::size_t before = ours(block) ? size_of(block) : malloc_usable_size(block);
  memcpy(bigger, block, before < size ? before : size);
  free(block);
  return bigger;
}

void* memalign(size_t alignment, size_t size) noexcept { return of_execution() ? take(size, alignment) : __libc_memalign(alignment, size); }
void* aligned_alloc(size_t alignment, size_t size) noexcept { return memalign(alignment, size); }
int posix_memalign(void** to, size_t alignment, size_t size) noexcept {
  void* block = memalign(alignment, size);
  if (!block) return ENOMEM;
  *to = block;
  return 0;
}
size_t malloc_usable_size(void* block) noexcept {
  if (!block) return 0;
  if (ours(block)) return size_of(block);
  LOCKSTEP_REAL(malloc_usable_size);
  return real_malloc_usable_size(block);
}

}  // extern "C"

void* operator new(std::size_t size) {
  void* block = malloc(size ? size : 1);
  if (!block) throw std::bad_alloc();
  return block;
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return malloc(size ? size : 1); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return malloc(size ? size : 1); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  void* block = memalign(static_cast<std::size_t>(alignment), size);
  if (!block) throw std::bad_alloc();
  return block;
}
void* operator new[](std::size_t size, std::align_val_t alignment) { return operator new(size, alignment); }
void operator delete(void* block) noexcept { if (block) ours(block) ? release(block, HERE) : __libc_free(block); }
void operator delete[](void* block) noexcept { if (block) ours(block) ? release(block, HERE) : __libc_free(block); }
void operator delete(void* block, std::size_t) noexcept { if (block) ours(block) ? release(block, HERE) : __libc_free(block); }
void operator delete[](void* block, std::size_t) noexcept { if (block) ours(block) ? release(block, HERE) : __libc_free(block); }
void operator delete(void* block, std::align_val_t) noexcept { if (block) ours(block) ? release(block, HERE) : __libc_free(block); }
void operator delete[](void* block, std::align_val_t) noexcept { if (block) ours(block) ? release(block, HERE) : __libc_free(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { if (block) ours(block) ? release(block, HERE) : __libc_free(block); }
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept { if (block) ours(block) ? release(block, HERE) : __libc_free(block); }
