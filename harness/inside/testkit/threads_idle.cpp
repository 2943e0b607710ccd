// What threads do while they have nothing to do.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/testkit/threads.hpp"
#include "harness/inside/testkit/threads_state.hpp"

namespace lockstep::testkit {
namespace {

constexpr int most_windows = 25;  // ten seconds: a machine that gives a thread a tenth of a processor shows in one what it does

std::map<int, ThreadLook> look_at_others() {
  std::map<int, ThreadLook> looks;
  for_each_thread(
      [](int tid, void* to) {
        if (tid != own_tid()) static_cast<std::map<int, ThreadLook>*>(to)->emplace(tid, look_at(tid));
      },
      &looks);
  return looks;
}

}  // namespace

Idleness idleness_during(std::chrono::milliseconds window) {
  const std::map<int, ThreadLook> before = look_at_others();
  sleep_unseen(static_cast<long>(window.count()) * 1000);
  Idleness seen;
  for (const auto& [tid, now] : look_at_others()) {
    const auto at = before.find(tid);
    const ThreadLook then = at == before.end() ? ThreadLook{} : at->second;  // a new thread: all that it did is of this window
    if (now.exists && now.cpu_ns >= then.cpu_ns) {
      const double cpu_ms = static_cast<double>(now.cpu_ns - then.cpu_ns) / 1e6;
      const double starved_ms = static_cast<double>(now.starved_ns - then.starved_ns) / 1e6;
      seen.cpu_ms += cpu_ms;
      // The kernel counts a wait for a processor when it ends: of who still waits it may not have counted anything.
      seen.starved_ms += now.waits == Waits::no ? std::max(starved_ms, static_cast<double>(window.count()) - cpu_ms) : starved_ms;
      seen.context_switches += static_cast<long>(now.voluntary + now.involuntary - then.voluntary - then.involuntary);
    }
  }
  return seen;
}

void expect_idle(std::chrono::milliseconds window, double cpu_limit_ms, long wakeup_limit) {
  Idleness seen = idleness_during(window), last = seen;
  const auto within_limits = [&] { return seen.cpu_ms <= cpu_limit_ms && seen.context_switches <= wakeup_limit; };
  int windows = 1;
  for (; windows < most_windows && within_limits() && last.cpu_ms + last.starved_ms > static_cast<double>(window.count()) / 2; ++windows) {
    last = idleness_during(window);
    seen.cpu_ms += last.cpu_ms;
    seen.context_switches += last.context_switches;
  }
  channel::emit_measurement("idle processor time", seen.cpu_ms, cpu_limit_ms, "ms");
  channel::emit_measurement("idle wake-ups", static_cast<double>(seen.context_switches), static_cast<double>(wakeup_limit), "");
  if (within_limits()) return;
  std::ostringstream what;
  what.precision(1);
  what << std::fixed << "threads that only had to wait used " << seen.cpu_ms << " ms of processor time (limit " << cpu_limit_ms
       << ") and woke up " << seen.context_switches << " times (limit " << wakeup_limit << ") within " << windows * window.count()
       << " ms: they ask again and again instead of sleeping until they are woken";
  ADD_FAILURE() << what.str();
}

}  // namespace lockstep::testkit
