#include "harness/inside/lockstep/measures.hpp"

#include "harness/inside/lockstep/engine.hpp"

namespace lockstep::engine {

Measures measures() {
  if (!engine.active || !self) return {};
  const Report& report = *engine.report;
  return {engine.now_ns, engine.work_ns, self->clock.span_ns, report.wake_ups, engine.early, report.switches, report.spin_steps, report.most_active};
}

}  // namespace lockstep::engine
