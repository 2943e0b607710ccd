// Where instrumented code is: the tree of all calls made in an execution. A place in the program with the calls that led there is then one
// number, which an access can carry.
#pragma once

#include <cstdint>

#include "harness/inside/lockstep/arena.hpp"
#include "harness/inside/lockstep/exchange.hpp"

namespace lockstep::engine {

struct CallNode {
  CallNode* parent;
  std::uintptr_t call_site;  // return address, into the caller
  CallNode* first_child;
  CallNode* next_sibling;
};

CallNode* enter_call(CallNode* from, std::uintptr_t call_site);

// The stack of an access at `pc` in `node`, as instruction addresses inside the calls.
void write_stack(Frames& frames, const CallNode* node, std::uintptr_t pc);

}  // namespace lockstep::engine
