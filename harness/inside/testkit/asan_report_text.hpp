// What AddressSanitizer and LeakSanitizer say, taken from the text that their own callback or their own file hands over. No allocation.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lockstep::testkit {

inline constexpr std::size_t stack_depth = 48;

struct ReportedStack {
  std::uintptr_t pcs[stack_depth];
  std::size_t count = 0;
  const char* behind = nullptr;  // the text after the stack
};

// The first stack in `text`: lines "    #0 0x55d0c0ffee (module+0x...)", numbered from 0 without a gap.
void read_stack(const char* text, ReportedStack& stack);

const char* find(const char* text, const char* wanted);  // the place behind the first occurrence, or null
std::uint64_t read_decimal(const char*& at);

}  // namespace lockstep::testkit
