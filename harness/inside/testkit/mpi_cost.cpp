// What work over several ranks costs: the layer's counters, read when all ranks are through.
#include <algorithm>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/mpiwatch/collectives.hpp"
#include "harness/inside/mpiwatch/current_case.hpp"
#include "harness/inside/mpiwatch/objects.hpp"
#include "harness/inside/mpiwatch/self.hpp"
#include "harness/inside/mpiwatch/site.hpp"
#include "harness/inside/testkit/mpi.hpp"

namespace lockstep::testkit {
namespace {

using namespace mpiwatch;

// The ranks of the case meet in shared memory, on a communicator that exists nowhere else, so that no call of the submission's can be taken for it.
void meet_all() {
  static Communicator meeting;
  static std::uint32_t turn = 0;
  const CurrentCase& now = current_case();
  if (turn != now.turn) {
    turn = now.turn;
    meeting = {};
    meeting.id = mixed(0x6d656574, turn);
    meeting.members = meeting.peers = now.members;
    for (const int member : now.members) meeting.everyone |= only(member);
  }
  meet(site_of("the test", __builtin_return_address(0)), meeting, {}, [] { return MPI_SUCCESS; }, "the test, which waits for all ranks to come back");
}

void fail_with(const std::string& name, std::uint64_t value, std::uint64_t most) {
  if (value <= most) return;
  channel::emit_measurement(name, static_cast<double>(value), static_cast<double>(most), "");
  ADD_FAILURE() << name << ": " << value << ", and at most " << most << " are allowed";
}

}  // namespace

Cost cost_of(const MpiCase&, const std::function<void()>& work) {
  meet_all();
  Slot& slot = own_slot();
  slot.sent = slot.sent_long = slot.sent_bytes = slot.received_bytes = slot.collectives = slot.clock = 0;
  {
    LockedWorld world;
    world->ranks[self().rank].clock = 0;
  }
  meet_all();
  work();
  Cost cost;
  cost.sent = slot.sent;
  cost.sent_long = slot.sent_long;
  cost.sent_bytes = slot.sent_bytes;
  cost.received_bytes = slot.received_bytes;
  cost.collectives = slot.collectives;
  {
    LockedWorld world;
    slot.clock = world->ranks[self().rank].clock;
  }
  meet_all();
  for (const int member : current_case().members) {
    const Slot& other = shared().slots[member];
    cost.all_sent += other.sent;
    cost.all_sent_long += other.sent_long;
    cost.critical_path = std::max<std::uint64_t>(cost.critical_path, other.clock);
  }
  meet_all();
  return cost;
}

void expect_steps(const std::string& what, std::uint64_t value, std::uint64_t most) { fail_with(what, value, most); }
void expect_overlap(const std::string& what, std::uint64_t value, std::uint64_t most) { fail_with("chain of " + what, value, most); }
void watch_operations() { last_operation_made() = nullptr; }
MPI_User_function* last_operation() { return last_operation_made(); }
void expect_no_wildcards() { self().wildcards_are_declared = false; }

}  // namespace lockstep::testkit
