// What instrumented code calls: the union of the callbacks of gcc 12 to 14 and clang 14 to 19 (llvm/lib/Transforms/Instrumentation/
// ThreadSanitizer.cpp, gcc/tsan.cc). A plain access is made by the program itself, after its callback; an atomic one is made here.
#include <string.h>

#include "harness/inside/lockstep/atomics.hpp"
#include "harness/inside/lockstep/call_tree.hpp"
#include "harness/inside/lockstep/engine.hpp"
#include "harness/inside/lockstep/own_code.hpp"
#include "harness/inside/lockstep/shadow.hpp"

using namespace lockstep::engine;

namespace {

// So long without a visible operation means, perhaps, that it waits for a plain variable to change: the others get a turn.
constexpr std::uint64_t plain_accesses_in_a_row = 50'000;

std::uintptr_t address_of(const volatile void* object) { return reinterpret_cast<std::uintptr_t>(object); }

// Between this frame and the end of the thread's stack: a local of the caller's.
bool on_own_stack(std::uintptr_t address) { return address >= reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) && address < self->stack_end; }

void access(const volatile void* object, std::size_t size, std::uint8_t flags, const void* pc) {
  if (!controlled()) return;
  const Inside inside;
  note_access(address_of(object), size, flags, reinterpret_cast<std::uintptr_t>(pc));
  if ((flags & access_write) && !on_own_stack(address_of(object))) progressed();
  if (++self->plain_accesses > plain_accesses_in_a_row && engine.task_count > 1) {
    reach({OpKind::long_run, 0, 0, false, false});
    note(OpKind::long_run);
  }
}

// libstdc++ 12 gives the lock bit inside std::atomic<std::shared_ptr> back with a relaxed operation (its PR 101761 has more); the race that
// follows is the library's, on a pointer that only its own lock protects.
int order_at(const void* pc, int order) {
  constexpr int seq_cst = 5;
  return order == 0 && in_library_lock(reinterpret_cast<std::uintptr_t>(pc)) ? seq_cst : order;
}

template <class T>
Bits bits_of(T value) {
  Bits bits;
  memcpy(static_cast<void*>(&bits), &value, sizeof value);
  return bits;
}

template <class T>
T value_of(Bits bits) {
  T value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

// Outside of executions one thread runs alone (the parent), or code of the engine's; 16 bytes have no atomic instruction everywhere.
template <class T>
T plain_update(volatile T* at, Update what, T operand) {
  const T old = *at;
  switch (what) {
    case Update::exchange:
      *at = operand;
      break;
    case Update::add:
      *at = static_cast<T>(old + operand);
      break;
    case Update::sub:
      *at = static_cast<T>(old - operand);
      break;
    case Update::bit_and:
      *at = old & operand;
      break;
    case Update::bit_or:
      *at = old | operand;
      break;
    case Update::bit_xor:
      *at = old ^ operand;
      break;
    case Update::nand:
      *at = static_cast<T>(~(old & operand));
      break;
  }
  return old;
}

template <class T>
T load(const volatile T* at, int order, const void* pc) {
  if (!controlled()) return *at;
  const Inside inside;
  return value_of<T>(load_atomic(address_of(at), sizeof(T), order_at(pc, order), reinterpret_cast<std::uintptr_t>(pc)));
}

template <class T>
void store(volatile T* at, T value, int order, const void* pc) {
  if (!controlled()) {
    *at = value;
    return;
  }
  const Inside inside;
  store_atomic(address_of(at), sizeof(T), bits_of(value), order, reinterpret_cast<std::uintptr_t>(pc));
}

template <class T>
T update(volatile T* at, Update what, T operand, int order, const void* pc) {
  if (!controlled()) return plain_update(at, what, operand);
  const Inside inside;
  return value_of<T>(update_atomic(address_of(at), sizeof(T), what, bits_of(operand), order_at(pc, order), reinterpret_cast<std::uintptr_t>(pc)));
}

template <class T>
T compare_exchange(volatile T* at, T expected, T desired, int order, int failure_order, const void* pc) {
  if (!controlled()) {
    const T old = *at;
    if (old == expected) *at = desired;
    return old;
  }
  const Inside inside;
  return value_of<T>(exchange_if(address_of(at), sizeof(T), bits_of(expected), bits_of(desired), order, failure_order, reinterpret_cast<std::uintptr_t>(pc)));
}

}  // namespace

#define HERE __builtin_return_address(0)

extern "C" {

void __tsan_init() {}

void __tsan_func_entry(void* call_site) {
  if (!controlled()) return;
  const Inside inside;
  self->node = enter_call(self->node, address_of(call_site));
}

void __tsan_func_exit() {
  if (controlled() && self->node && self->node->parent) self->node = self->node->parent;
}

#define PLAIN(size)                                                                                                   \
  void __tsan_read##size(void* at) { access(at, size, access_read, HERE); }                                           \
  void __tsan_write##size(void* at) { access(at, size, access_write, HERE); }                                         \
  void __tsan_unaligned_read##size(void* at) { access(at, size, access_read, HERE); }                                 \
  void __tsan_unaligned_write##size(void* at) { access(at, size, access_write, HERE); }                               \
  void __tsan_read_write##size(void* at) { access(at, size, access_write, HERE); }                                    \
  void __tsan_unaligned_read_write##size(void* at) { access(at, size, access_write, HERE); }                          \
  void __tsan_volatile_read##size(void* at) { access(at, size, access_read, HERE); }                                  \
  void __tsan_volatile_write##size(void* at) { access(at, size, access_write, HERE); }                                \
  void __tsan_unaligned_volatile_read##size(void* at) { access(at, size, access_read, HERE); }                        \
  void __tsan_unaligned_volatile_write##size(void* at) { access(at, size, access_write, HERE); }

PLAIN(1)
PLAIN(2)
PLAIN(4)
PLAIN(8)
PLAIN(16)

void __tsan_read_range(void* at, unsigned long size) { access(at, size, access_read, HERE); }
void __tsan_write_range(void* at, unsigned long size) { access(at, size, access_write, HERE); }

// A constructor or destructor sets the pointer to the table of virtual functions; the same value again is no change.
void __tsan_vptr_update(void** at, void* value) {
  if (*at != value) access(at, sizeof(void*), access_write, HERE);
}
void __tsan_vptr_read(void** at) { access(at, sizeof(void*), access_read, HERE); }

void __tsan_ignore_thread_begin() {}
void __tsan_ignore_thread_end() {}

void* __tsan_memcpy(void* to, const void* from, unsigned long size) {
  access(from, size, access_read, HERE);
  access(to, size, access_write, HERE);
  return memcpy(to, from, size);
}
void* __tsan_memmove(void* to, const void* from, unsigned long size) {
  access(from, size, access_read, HERE);
  access(to, size, access_write, HERE);
  return memmove(to, from, size);
}
void* __tsan_memset(void* to, int value, unsigned long size) {
  access(to, size, access_write, HERE);
  return memset(to, value, size);
}

#define ATOMIC(bits, T)                                                                                                                        \
  T __tsan_atomic##bits##_load(const volatile T* at, int order) { return load(at, order, HERE); }                                              \
  void __tsan_atomic##bits##_store(volatile T* at, T value, int order) { store(at, value, order, HERE); }                                      \
  T __tsan_atomic##bits##_exchange(volatile T* at, T value, int order) { return update(at, Update::exchange, value, order, HERE); }            \
  T __tsan_atomic##bits##_fetch_add(volatile T* at, T value, int order) { return update(at, Update::add, value, order, HERE); }                \
  T __tsan_atomic##bits##_fetch_sub(volatile T* at, T value, int order) { return update(at, Update::sub, value, order, HERE); }                \
  T __tsan_atomic##bits##_fetch_and(volatile T* at, T value, int order) { return update(at, Update::bit_and, value, order, HERE); }            \
  T __tsan_atomic##bits##_fetch_or(volatile T* at, T value, int order) { return update(at, Update::bit_or, value, order, HERE); }              \
  T __tsan_atomic##bits##_fetch_xor(volatile T* at, T value, int order) { return update(at, Update::bit_xor, value, order, HERE); }            \
  T __tsan_atomic##bits##_fetch_nand(volatile T* at, T value, int order) { return update(at, Update::nand, value, order, HERE); }              \
  bool __tsan_atomic##bits##_compare_exchange_strong(volatile T* at, T* expected, T desired, int order, int failure) {                         \
    const T before = compare_exchange(at, *expected, desired, order, failure, HERE);                                                           \
    const bool equal = memcmp(&before, expected, sizeof(T)) == 0;                                                                              \
    if (!equal) memcpy(expected, &before, sizeof(T));                                                                                          \
    return equal;                                                                                                                              \
  }                                                                                                                                            \
  bool __tsan_atomic##bits##_compare_exchange_weak(volatile T* at, T* expected, T desired, int order, int failure) {                           \
    const T before = compare_exchange(at, *expected, desired, order, failure, HERE);                                                           \
    const bool equal = memcmp(&before, expected, sizeof(T)) == 0;                                                                              \
    if (!equal) memcpy(expected, &before, sizeof(T));                                                                                          \
    return equal;                                                                                                                              \
  }                                                                                                                                            \
  T __tsan_atomic##bits##_compare_exchange_val(volatile T* at, T expected, T desired, int order, int failure) {                                \
    return compare_exchange(at, expected, desired, order, failure, HERE);                                                                      \
  }

ATOMIC(8, std::uint8_t)
ATOMIC(16, std::uint16_t)
ATOMIC(32, std::uint32_t)
ATOMIC(64, std::uint64_t)
ATOMIC(128, unsigned __int128)

void __tsan_atomic_thread_fence(int order) {
  if (!controlled()) return __atomic_thread_fence(__ATOMIC_SEQ_CST);
  const Inside inside;
  fence(order);
}

void __tsan_atomic_signal_fence(int) {}

}  // extern "C"
