// Sleepers that wake late, early, or for nothing: each leaves by the fate of its own phase. The test decides the moments (moments.hpp). Whoever
// acts in a scenario is a Worker, so that no barrier that lets him wait a little longer than ours can hold up the test itself.
#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "barrier.hpp"
#include "harness/inside/testkit/testkit.hpp"
#include "harness/inside/testkit/moments.hpp"

using lockstep::testkit::Worker;
using moments::HoldBeforeSleep;
using moments::HoldWoken;
using pdc::BrokenBarrier;
using pdc::CyclicBarrier;
using pdc::ms;
using Clock = std::chrono::steady_clock;

namespace {

// False if the call has returned; rethrows what it threw.
bool still_waits(Worker& worker) {
  worker.wait_until_blocked();
  if (!worker.finished()) return true;
  worker.join();
  return false;
}

}  // namespace

// If the time of the timed calls is over, the machine was too slow to see anything.
TEST(Waking, ForNothingLetsNobodyThrough) {
  constexpr ms timeout{5000};
  for (const bool timed : {false, true}) {
    const Clock::time_point start = Clock::now();
    const auto is_over = [&] { return timed && Clock::now() >= start + timeout; };
    CyclicBarrier barrier(3);
    std::vector<std::size_t> index(3, 99);
    const auto arrive = [&](std::size_t me) {
      try {
        index[me] = timed ? barrier.arrive_and_wait_for(timeout) : barrier.arrive_and_wait();
      } catch (const BrokenBarrier&) {
      }
    };
    const moments::WakeForNothing waking(2);
    Worker first([&] { arrive(0); });
    EXPECT_TRUE(still_waits(first) || is_over()) << "one of three parties has arrived, and it was let through";
    const moments::WakeForNothing again(2);
    Worker second([&] { arrive(1); });
    EXPECT_TRUE(still_waits(second) || is_over()) << "two of three parties have arrived, and one was let through";
    if (HasFailure()) return barrier.abort();
    arrive(2);
    first.join();
    second.join();
    if (is_over()) return;
    EXPECT_EQ(std::set<std::size_t>(index.begin(), index.end()), (std::set<std::size_t>{0, 1, 2}));
    EXPECT_FALSE(barrier.broken());
  }
}

// The last party is back for the next phase before a sleeper of this one is awake.
TEST(Waking, LateDoesNotMissThePhase) {
  for (const std::size_t parties : {2, 3}) {
    CyclicBarrier barrier(parties);
    const auto twice = [&] {
      barrier.arrive_and_wait();
      barrier.arrive_and_wait();
    };
    std::vector<std::unique_ptr<Worker>> slow;
    for (std::size_t i = 1; i < parties; ++i) {
      slow.push_back(std::make_unique<Worker>(twice));
      slow.back()->wait_until_blocked();
    }
    HoldWoken held;
    Worker fast(twice);
    fast.wait_until_blocked();
    held.release();
    fast.join();
    for (const std::unique_ptr<Worker>& one : slow) one->join();
    EXPECT_FALSE(barrier.broken());
  }
}

TEST(Waking, ReachesAPartyThatIsAboutToSleep) {
  CyclicBarrier barrier(2);
  HoldBeforeSleep held;
  Worker first([&] { barrier.arrive_and_wait(); });
  first.wait_until_blocked();
  Worker second([&] { barrier.arrive_and_wait(); });
  second.wait_until_blocked();
  held.release();
  second.join();
  first.join();
  EXPECT_FALSE(barrier.broken());
}

TEST(Waking, OfAbortReachesAPartyThatIsAboutToSleep) {
  CyclicBarrier barrier(2);
  bool broken = false;
  HoldBeforeSleep held;
  Worker party([&] {
    try {
      barrier.arrive_and_wait();
    } catch (const BrokenBarrier&) {
      broken = true;
    }
  });
  party.wait_until_blocked();
  Worker other([&] { barrier.abort(); });
  other.wait_until_blocked();
  held.release();
  other.join();
  party.join();
  EXPECT_TRUE(broken);
}

// The phase is complete in time, but the timed party is not awake before its time is over. A machine that is too slow for the scenario gets
// more time for it.
TEST(Waking, AfterItsTimeIsNoTimeoutIfThePhaseWasCompleteInTime) {
  bool played = false;
  for (ms timeout{100}; !played && timeout < ms(60'000); timeout *= 2) {
    CyclicBarrier barrier(2);
    std::string end = "returned";
    const Clock::time_point before = Clock::now();
    Worker timed([&] {
      try {
        barrier.arrive_and_wait_for(timeout);
      } catch (const BrokenBarrier&) {
        end = "broken";
      }
    });
    timed.wait_until_blocked();
    const Clock::time_point asleep = Clock::now();
    HoldWoken held;
    Worker last([&] {
      try {
        barrier.arrive_and_wait();
      } catch (const BrokenBarrier&) {
      }
    });
    last.wait_until_blocked();
    played = Clock::now() < before + timeout;
    if (!timed.finished()) std::this_thread::sleep_until(asleep + timeout + ms(1));
    held.release();
    last.join();
    timed.join();
    if (played) {
      EXPECT_EQ(end, "returned") << "its phase was complete in time";
    }
  }
}
