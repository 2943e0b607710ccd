#include "harness/inside/lockstep/arena.hpp"

#include <sys/mman.h>

#include "harness/inside/lockstep/engine.hpp"

namespace lockstep::engine {
namespace {

constexpr std::size_t room = std::size_t{256} << 20;
char* arena = nullptr;
std::size_t used = 0;

}  // namespace

void* arena_take(std::size_t bytes) {
  if (!arena) {
    void* mapping = mmap(nullptr, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapping == MAP_FAILED) __builtin_trap();
    arena = static_cast<char*>(mapping);
  }
  bytes = (bytes + 15) & ~std::size_t{15};
  if (used + bytes > room) {
    if (engine.active) end_execution(Outcome::not_controlled, "the execution touches more memory than the engine can watch");
    __builtin_trap();
  }
  void* taken = arena + used;
  used += bytes;
  return taken;
}

}  // namespace lockstep::engine
