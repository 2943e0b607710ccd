#include "harness/inside/testkit/threads_watch.hpp"

namespace lockstep::testkit {
namespace {

constexpr int looks_for_blocked = 5, looks_for_good = 20;
constexpr std::uint64_t chance_ns = 20'000'000, chance_switches = 20;
constexpr std::uint64_t spinning_ns = 500'000'000, spinning_switches = 1000;

std::uint64_t switches(const ThreadLook& look) { return look.voluntary + look.involuntary; }

std::map<int, ThreadLook> look_at_all() {
  std::map<int, ThreadLook> looks;
  for_each_thread([](int tid, void* to) { static_cast<std::map<int, ThreadLook>*>(to)->emplace(tid, look_at(tid)); }, &looks);
  return looks;
}

}  // namespace

BlockedWatch::BlockedWatch(int tid) : tid_(tid), caller_(own_tid()) {}

bool BlockedWatch::others_had_their_chance() {
  bool all = true;
  all_for_good_ = true;
  for (const auto& [tid, now] : look_at_all()) {
    if (tid == tid_ || tid == caller_ || !now.exists) continue;
    const auto [at, is_new] = others_when_it_fell_asleep_.emplace(tid, now);
    const ThreadLook& before = at->second;
    const bool unchanged = !is_new && now.waits != Waits::no && now.same_sleep_as(before);
    const bool had_time = now.cpu_ns - before.cpu_ns >= chance_ns || switches(now) - switches(before) >= chance_switches;
    if (!unchanged && !had_time) all = false;
    if (!unchanged || now.waits != Waits::on_futex) all_for_good_ = false;
  }
  return all;
}

BlockedWatch::Seen BlockedWatch::look() {
  const ThreadLook now = look_at(tid_);
  if (!now.exists) return Seen::gone;
  if (!started_) first_ = previous_ = now, started_ = true;
  const bool same = now.waiting() && now.same_sleep_as(previous_);
  previous_ = now;
  if (!same) {
    same_looks_ = 0;
    others_when_it_fell_asleep_.clear();
    if (now.cpu_ns - first_.cpu_ns >= spinning_ns || switches(now) - switches(first_) >= spinning_switches) return Seen::spins;
    return Seen::nothing_yet;
  }
  if (same_looks_++ == 0) others_when_it_fell_asleep_ = look_at_all();
  if (same_looks_ < looks_for_blocked || !others_had_their_chance()) return Seen::nothing_yet;
  if (same_looks_ >= looks_for_good && now.waits == Waits::on_futex && all_for_good_ && !has_children()) return Seen::all_blocked_for_good;
  return Seen::blocked;
}

}  // namespace lockstep::testkit
