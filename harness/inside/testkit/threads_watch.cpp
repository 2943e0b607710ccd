#include "harness/inside/testkit/threads_watch.hpp"

namespace lockstep::testkit {
namespace {

constexpr int looks_for_blocked = 5, looks_for_good = 20;
constexpr std::uint64_t chance_ns = 20'000'000, chance_sleeps = 20;
constexpr std::uint64_t spinning_ns = 500'000'000, spinning_switches = 1000;

std::uint64_t switches(const ThreadLook& look) { return look.voluntary + look.involuntary; }

}  // namespace

BlockedWatch::BlockedWatch(int tid) : tid_(tid), caller_(own_tid()) {}

void BlockedWatch::look_at_others() {
  others_had_their_chance_ = all_for_good_ = true;
  for_each_thread(
      [](int tid, void* watch) {
        BlockedWatch& self = *static_cast<BlockedWatch*>(watch);
        if (tid != self.tid_ && tid != self.caller_) self.look_at_other(tid);
      },
      this);
}

void BlockedWatch::look_at_other(int tid) {
  const ThreadLook now = look_at(tid);
  if (!now.exists) return;
  const auto [at, is_new] = others_.emplace(tid, Other{now, now, 0});
  Other& other = at->second;
  const bool same = !is_new && now.waits != Waits::no && now.same_sleep_as(other.previous);
  other.same_looks = same ? other.same_looks + 1 : 0;
  other.previous = now;
  const ThreadLook& before = other.when_it_fell_asleep;
  const bool had_time = now.cpu_ns - before.cpu_ns >= chance_ns || now.voluntary - before.voluntary >= chance_sleeps;
  if (other.same_looks < looks_for_blocked && !had_time) others_had_their_chance_ = false;
  if (other.same_looks < looks_for_good || now.waits != Waits::on_futex) all_for_good_ = false;
}

BlockedWatch::Seen BlockedWatch::look() {
  const ThreadLook now = look_at(tid_);
  if (!now.exists) return Seen::gone;
  if (!started_) first_ = previous_ = now, started_ = true;
  const bool same = now.waiting() && now.same_sleep_as(previous_);
  previous_ = now;
  if (!same) {
    same_looks_ = 0;
    others_.clear();
    if (now.cpu_ns - first_.cpu_ns >= spinning_ns || switches(now) - switches(first_) >= spinning_switches) return Seen::spins;
    return Seen::nothing_yet;
  }
  ++same_looks_;
  look_at_others();
  if (same_looks_ < looks_for_blocked || !others_had_their_chance_) return Seen::nothing_yet;
  if (same_looks_ >= looks_for_good && now.waits == Waits::on_futex && all_for_good_ && !has_children()) return Seen::all_blocked_for_good;
  return Seen::blocked;
}

}  // namespace lockstep::testkit
