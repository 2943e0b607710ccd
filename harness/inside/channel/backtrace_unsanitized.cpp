#include "harness/inside/channel/backtrace.hpp"

#include <unwind.h>

namespace lockstep::channel {
namespace {

struct Walk {
  std::span<std::uintptr_t> to;
  std::size_t count = 0;
};

_Unwind_Reason_Code step(_Unwind_Context* context, void* data) {
  Walk& walk = *static_cast<Walk*>(data);
  int exact = 0;  // set for the frame that a signal interrupted: its address is no return address
  const std::uintptr_t pc = _Unwind_GetIPInfo(context, &exact);
  if (pc == 0 || walk.count == walk.to.size()) return _URC_END_OF_STACK;
  walk.to[walk.count++] = exact != 0 ? pc : pc - 1;
  return _URC_NO_REASON;
}

}  // namespace

std::size_t read_backtrace(std::span<std::uintptr_t> to) {
  Walk walk{to};
  _Unwind_Backtrace(step, &walk);
  return walk.count;
}

}  // namespace lockstep::channel
