#include "harness/observe/exploration.hpp"

#include <algorithm>

namespace lockstep::observe {
namespace {

constexpr std::uint64_t most_rows = 2000;

std::vector<model::Frame> frames(Fields& fields) {
  std::vector<model::Frame> stack;
  for (std::string& address : fields.texts()) stack.push_back({.function = std::move(address)});
  return stack;
}

int small(Fields& fields) { return static_cast<int>(std::min<std::uint64_t>(fields.number(), 1u << 30)); }
std::uint64_t count(Fields& fields) { return std::min(fields.number(), most_rows); }

}  // namespace

model::Exploration read_exploration(Fields& fields) {
  model::Exploration seen;
  fields.text();  // the test: it is the current one
  seen.outcome = fields.text();
  seen.schedules = fields.number();
  seen.traces = fields.number();
  seen.every_trace = fields.number() != 0;
  seen.complete_bound = small(fields) - 1;
  seen.longest = fields.number();
  seen.makespan_ns = fields.number();
  seen.most_active = small(fields);
  seen.spin_steps = fields.number();
  seen.found_by = fields.text();
  seen.choices = fields.text();
  seen.preemptions = small(fields);
  seen.replayed = fields.number() != 0;
  seen.output = fields.text();
  seen.text = fields.text();
  seen.detail = fields.text();
  seen.culprit = small(fields);
  seen.code = static_cast<int>(static_cast<std::int64_t>(fields.number()));
  seen.where = frames(fields);
  fields.number();  // the address of a race
  for (std::uint64_t left = count(fields); left > 0 && !fields.at_end(); --left) {
    model::Access access;
    seen.access_tasks.push_back(small(fields));
    access.write = fields.number() != 0;
    access.atomic = fields.number() != 0;
    access.bytes = small(fields);
    access.stack = frames(fields);
    seen.accesses.push_back(std::move(access));
  }
  for (std::uint64_t left = count(fields); left > 0 && !fields.at_end(); --left) {
    model::Failure failure;
    failure.file = fields.text();
    failure.line = small(fields);
    failure.message = fields.text();
    seen.failures.push_back(std::move(failure));
  }
  for (std::uint64_t left = count(fields); left > 0 && !fields.at_end(); --left) {
    model::ScheduleTask task;
    task.name = fields.text();
    task.state = small(fields);
    task.kind = fields.text();
    task.object = fields.number();
    task.object2 = fields.number();
    task.holder = small(fields) - 1;
    task.stack = frames(fields);
    seen.tasks.push_back(std::move(task));
  }
  seen.skipped_events = fields.number();
  for (std::uint64_t left = count(fields); left > 0 && !fields.at_end(); --left) {
    model::ScheduleEvent event;
    event.step = small(fields);
    event.task = small(fields);
    event.kind = fields.text();
    event.variant = small(fields);
    event.other = small(fields) - 1;
    event.flags = static_cast<unsigned>(fields.number());
    event.object = fields.number();
    event.object2 = fields.number();
    event.value = fields.number();
    event.value2 = fields.number();
    event.time_ns = fields.number();
    event.stack = frames(fields);
    seen.events.push_back(std::move(event));
  }
  return seen;
}

}  // namespace lockstep::observe
