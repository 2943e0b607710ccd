// For tests: events of an explored schedule.
#pragma once

#include "harness/model/observation.hpp"

namespace lockstep::judge {

// Every task stands at a line of its own, 10 for the main thread, so each event is a row.
inline model::ScheduleEvent event(int task, const std::string& kind, std::uint64_t object = 0, std::uint64_t object2 = 0, std::uint64_t value = 0, int other = -1) {
  model::ScheduleEvent made;
  made.task = task;
  made.kind = kind;
  made.object = object;
  made.object2 = object2;
  made.value = value;
  made.other = other;
  made.stack = {{"f", "buffer.cpp", 10 + task, true, false}};
  return made;
}

}  // namespace lockstep::judge
