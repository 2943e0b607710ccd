#include "harness/inside/lockstep/call_tree.hpp"

namespace lockstep::engine {

CallNode* enter_call(CallNode* from, std::uintptr_t call_site) {
  if (from)
    for (CallNode* child = from->first_child; child; child = child->next_sibling)
      if (child->call_site == call_site) return child;
  auto* node = static_cast<CallNode*>(arena_take(sizeof(CallNode)));
  node->parent = from;
  node->call_site = call_site;
  if (from) {
    node->next_sibling = from->first_child;
    from->first_child = node;
  }
  return node;
}

void write_stack(Frames& frames, const CallNode* node, std::uintptr_t pc) {
  frames.count = 0;
  frames.pc[frames.count++] = pc - 1;
  for (; node && node->parent && frames.count < most_frames; node = node->parent) frames.pc[frames.count++] = node->call_site - 1;
}

}  // namespace lockstep::engine
