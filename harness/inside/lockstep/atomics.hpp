// C++20 atomics ([atomics.order]): a load may see any store that coherence and happens-before allow.
//
// Each location keeps its stores in modification order, which here is the order in which they were executed; so results that need a store to come
// before an earlier executed one in modification order (2+2W) are not shown, nor values out of thin air or loads that see later stores (load
// buffering). A load chooses among the newest store and older ones, down to the oldest that it may still see:
//   - a store that happens before the load hides those before it (write-read coherence),
//   - a store that some load saw which happens before this one hides those before it (read-read coherence),
//   - a seq_cst load sees no store older than the last seq_cst one, nor than what fences order (P0668, [atomics.order] 4).
// Read-modify-writes see the newest store. The memory itself always holds the newest value.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lockstep::engine {

struct Bits {  // up to 16 bytes
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  bool operator==(const Bits&) const = default;
};

enum class Update : std::uint8_t { exchange, add, sub, bit_and, bit_or, bit_xor, nand };

Bits load_atomic(std::uintptr_t address, int size, int order, std::uintptr_t pc);
void store_atomic(std::uintptr_t address, int size, Bits value, int order, std::uintptr_t pc);
Bits update_atomic(std::uintptr_t address, int size, Update what, Bits operand, int order, std::uintptr_t pc);
// The value that was there; equal to `expected` if the exchange took place.
Bits exchange_if(std::uintptr_t address, int size, Bits expected, Bits desired, int order, int failure_order, std::uintptr_t pc);
void fence(int order);

// A release store that is no visible operation of its own: of what the engine itself writes for others to load.
void publish(std::uintptr_t address, int size, Bits value);

void forget_atomics(std::uintptr_t address, std::size_t size);

}  // namespace lockstep::engine
