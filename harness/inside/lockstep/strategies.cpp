#include "harness/inside/lockstep/strategies.hpp"

namespace lockstep::engine {

std::uint64_t draw() {  // xorshift64* (Vigna 2016)
  std::uint64_t x = engine.random;
  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  engine.random = x;
  return x * 0x2545f4914f6cdd1dull;
}

int by_strategy(const Choice* choices, int count) {
  Order& order = *engine.order;
  switch (order.strategy) {
    case Strategy::fixed:
    case Strategy::sleep_sets:
      return 0;
    case Strategy::round_robin: {
      int best = 0;
      for (int i = 1; i < count; ++i)
        if (choices[i].variant == ordinary && choices[i].task->last_ran < choices[best].task->last_ran) best = i;
      return best;
    }
    case Strategy::random: {
      int ordinary_count = 0;
      while (ordinary_count < count && choices[ordinary_count].variant == ordinary) ++ordinary_count;
      if (ordinary_count < count && (ordinary_count == 0 || draw() % 16 == 0)) return ordinary_count + static_cast<int>(draw() % static_cast<unsigned>(count - ordinary_count));
      return static_cast<int>(draw() % static_cast<unsigned>(ordinary_count));
    }
    case Strategy::pct:
    case Strategy::pos: {
      int best = 0;
      const bool early = draw() % 16 == 0;
      for (int i = 1; i < count; ++i) {
        if (choices[i].variant != ordinary) {
          if (early && choices[0].variant == ordinary) return i;
          continue;
        }
        const Task &a = *choices[i].task, &b = *choices[best].task;
        const bool higher = order.strategy == Strategy::pct ? a.priority > b.priority : a.op_priority > b.op_priority;
        if (higher || choices[best].variant != ordinary) best = i;
      }
      return best;
    }
  }
  return 0;
}

}  // namespace lockstep::engine
