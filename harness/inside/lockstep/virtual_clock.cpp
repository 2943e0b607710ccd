#include "harness/inside/lockstep/virtual_clock.hpp"

#include "harness/inside/lockstep/engine.hpp"

namespace lockstep::engine {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t far = std::int64_t{1} << 61;

std::int64_t nanoseconds(const timespec* time) {
  if (time->tv_sec > far / second) return far;
  return static_cast<std::int64_t>(time->tv_sec) * second + time->tv_nsec;
}

std::int64_t epoch_of(clockid_t clock) {
  switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_TAI:
      return realtime_epoch_ns;
    case CLOCK_PROCESS_CPUTIME_ID:
    case CLOCK_THREAD_CPUTIME_ID:
      return 0;
    default:
      return monotonic_epoch_ns;
  }
}

}  // namespace

bool is_valid(const timespec* time) { return time && time->tv_nsec >= 0 && time->tv_nsec < second; }

std::int64_t deadline_of(clockid_t clock, const timespec* when) {
  const std::int64_t since = nanoseconds(when) - epoch_of(clock);
  return since > 0 ? since : due_now;
}

std::int64_t deadline_in(const timespec* duration) {
  const std::int64_t length = nanoseconds(duration);
  return static_cast<std::int64_t>(engine.now_ns) + (length > 0 ? length : 0);
}

void look_at_clock(clockid_t clock, timespec* to) {
  reach({OpKind::clock_read, clock_object, 0, true, false});
  engine.now_ns += tick_ns;
  const std::int64_t now = epoch_of(clock) + static_cast<std::int64_t>(engine.now_ns);
  to->tv_sec = now / second;
  to->tv_nsec = now % second;
  note(OpKind::clock_read, clock_object);
}

void sleep_until(std::int64_t deadline) {
  reach({OpKind::sleep, clock_object, 0, false, false});
  note(OpKind::sleep, clock_object, 0, static_cast<std::uint64_t>(deadline));
  const auto begun = static_cast<std::int64_t>(engine.now_ns);
  const std::uint64_t slept = deadline > begun ? static_cast<std::uint64_t>(deadline - begun) : 0;
  reach({OpKind::wake, clock_object, 0, false, false, deadline});
  engine.work_ns += slept;
  self->clock.span_ns += slept;
  changed(true);
  note(OpKind::wake, clock_object);
}

}  // namespace lockstep::engine
