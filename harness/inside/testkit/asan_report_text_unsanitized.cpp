#include "harness/inside/testkit/asan_report_text.hpp"

namespace lockstep::testkit {

const char* find(const char* text, const char* wanted) {
  for (; *text != 0; ++text) {
    const char *t = text, *w = wanted;
    while (*w != 0 && *t == *w) ++t, ++w;
    if (*w == 0) return t;
  }
  return nullptr;
}

std::uint64_t read_decimal(const char*& at) {
  std::uint64_t value = 0;
  for (; *at >= '0' && *at <= '9'; ++at) value = value * 10 + static_cast<std::uint64_t>(*at - '0');
  return value;
}

void read_stack(const char* text, ReportedStack& stack) {
  stack.count = 0;
  stack.behind = text;
  while (const char* at = find(stack.behind, "#")) {
    stack.behind = at;
    if (read_decimal(at) != stack.count || at[0] != ' ' || at[1] != '0' || at[2] != 'x') {
      if (stack.count > 0) return;  // the next stack begins
      continue;
    }
    std::uintptr_t pc = 0;
    for (at += 3;; ++at) {
      if (*at >= '0' && *at <= '9')
        pc = pc * 16 + static_cast<std::uintptr_t>(*at - '0');
      else if (*at >= 'a' && *at <= 'f')
        pc = pc * 16 + static_cast<std::uintptr_t>(*at - 'a' + 10);
      else
        break;
    }
    stack.behind = at;
    if (stack.count == stack_depth) return;
    stack.pcs[stack.count++] = pc;
    while (*at != 0 && *at != '\n') ++at;
    if (at[0] == '\n' && (at[1] == '\n' || at[1] == 0)) return;  // an empty line ends a stack
  }
}

}  // namespace lockstep::testkit
