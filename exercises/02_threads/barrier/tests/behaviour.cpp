// What a barrier does while nothing goes wrong: phases, indices, reuse, the completion function.
#include <atomic>
#include <latch>
#include <set>
#include <vector>

#include "barrier.hpp"
#include "harness/inside/testkit/testkit.hpp"

using lockstep::testkit::together;
using lockstep::testkit::Worker;
using pdc::CyclicBarrier;

namespace {

std::set<std::size_t> first_numbers(std::size_t count) {
  std::set<std::size_t> numbers;
  for (std::size_t i = 0; i < count; ++i) numbers.insert(i);
  return numbers;
}

// False if the call has returned; rethrows what it threw.
bool still_waits(Worker& worker) {
  worker.wait_until_blocked();
  if (!worker.finished()) return true;
  worker.join();
  return false;
}

}  // namespace

TEST(Phase, OnePartyNeverBlocks) {
  CyclicBarrier barrier(1);
  for (int phase = 0; phase < 100; ++phase) EXPECT_EQ(barrier.arrive_and_wait(), 0u);
  EXPECT_FALSE(barrier.broken());
}

TEST(Phase, NoPartiesAreRefused) {
  EXPECT_EQ(CyclicBarrier(1).arrive_and_wait(), 0u);
  EXPECT_THROW(CyclicBarrier(0), std::invalid_argument);
}

TEST(Phase, WaitsForTheLastParty) {
  CyclicBarrier barrier(3);
  std::vector<std::size_t> index(3, 99);
  Worker first([&] { index[0] = barrier.arrive_and_wait(); });
  EXPECT_TRUE(still_waits(first)) << "one of three parties has arrived, and it was let through";
  Worker second([&] { index[1] = barrier.arrive_and_wait(); });
  EXPECT_TRUE(still_waits(second)) << "two of three parties have arrived, and one was let through";
  EXPECT_TRUE(still_waits(first)) << "two of three parties have arrived, and one was let through";
  if (HasFailure()) return;  // the phases are mixed up: whether another arrival returns is anybody's guess
  index[2] = barrier.arrive_and_wait();
  first.join();
  second.join();
  EXPECT_EQ(std::set<std::size_t>(index.begin(), index.end()), first_numbers(3));
}

TEST(Phase, ATimedArrivalThatIsInTimeIsAnArrivalLikeAnyOther) {
  CyclicBarrier barrier(2);
  std::size_t waited = 99;
  Worker waiter([&] { waited = barrier.arrive_and_wait(); });
  waiter.wait_until_blocked();
  const std::size_t last = barrier.arrive_and_wait_for(pdc::ms(0));
  waiter.join();
  EXPECT_EQ((std::set<std::size_t>{waited, last}), first_numbers(2));
  EXPECT_FALSE(barrier.broken());
}

TEST(Reuse, TheSecondPhaseWaitsLikeTheFirst) {
  CyclicBarrier barrier(2);
  for (int phase = 0; phase < 5; ++phase) {
    std::size_t index = 99;
    Worker waiter([&] { index = barrier.arrive_and_wait(); });
    ASSERT_TRUE(still_waits(waiter)) << "alone in phase " << phase << ", and let through";
    const std::size_t other = barrier.arrive_and_wait();
    waiter.join();
    EXPECT_EQ((std::set<std::size_t>{index, other}), first_numbers(2)) << "in phase " << phase;
  }
}

// The thread that completes a phase is back for the next one long before the other has woken up.
TEST(Reuse, AFastThreadMayLapASlowOne) {
  constexpr int phases = 4000;
  CyclicBarrier barrier(2);
  together(2, [&](std::size_t) {
    for (int phase = 0; phase < phases; ++phase) barrier.arrive_and_wait();
  });
  EXPECT_FALSE(barrier.broken());
}

TEST(Reuse, NobodyIsAPhaseAhead) {
  constexpr std::size_t parties = 3;
  constexpr int phases = 2000;
  CyclicBarrier barrier(parties);
  // Two sets of slots in turn: who writes phase k + 2 has passed the barrier of phase k + 1, to which all came after they had read phase k.
  std::vector<std::vector<int>> reached(2, std::vector<int>(parties, -1));
  std::vector<std::vector<std::size_t>> index(parties);
  std::vector<int> strangers(parties, 0);
  together(parties, [&](std::size_t me) {
    for (int phase = 0; phase < phases; ++phase) {
      std::vector<int>& slots = reached[static_cast<std::size_t>(phase % 2)];
      slots[me] = phase;
      index[me].push_back(barrier.arrive_and_wait());
      for (const int slot : slots)
        if (slot != phase) ++strangers[me];
    }
  });
  for (std::size_t me = 0; me < parties; ++me) EXPECT_EQ(strangers[me], 0) << "parties were seen in another phase by thread " << me;
  for (int phase = 0; phase < phases; ++phase) {
    std::set<std::size_t> seen;
    for (std::size_t me = 0; me < parties; ++me) seen.insert(index[me][static_cast<std::size_t>(phase)]);
    ASSERT_EQ(seen, first_numbers(parties)) << "indices of phase " << phase;
  }
}

TEST(Completion, RunsOncePerPhase) {
  constexpr std::size_t parties = 3;
  constexpr int phases = 500;
  std::atomic<int> runs{0};
  CyclicBarrier barrier(parties, [&] { runs.fetch_add(1, std::memory_order_relaxed); });
  together(parties, [&](std::size_t) {
    for (int phase = 0; phase < phases; ++phase) barrier.arrive_and_wait();
  });
  EXPECT_EQ(runs.load(), phases);
}

TEST(Completion, RunsInOneOfTheArrivingThreads) {
  std::set<std::thread::id> arriving;
  std::thread::id completing;
  CyclicBarrier barrier(2, [&] { completing = std::this_thread::get_id(); });
  arriving.insert(std::this_thread::get_id());
  std::thread::id others;
  Worker other([&] {
    others = std::this_thread::get_id();
    barrier.arrive_and_wait();
  });
  barrier.arrive_and_wait();
  other.join();
  arriving.insert(others);
  EXPECT_TRUE(arriving.count(completing)) << "on_complete ran in a thread that did not arrive, or not at all";
}

// on_complete is held up on purpose: as long as it has not returned, nobody else may either.
TEST(Completion, RunsBeforeAnybodyReturns) {
  std::atomic<bool> something_happened{false}, entered{false};
  std::latch leave(1);
  const auto tell = [&] {
    something_happened = true;
    something_happened.notify_all();
  };
  CyclicBarrier barrier(3, [&] {
    entered = true;
    tell();
    leave.wait();
  });
  const auto arrive = [&] {
    try {
      barrier.arrive_and_wait();
    } catch (...) {
      tell();
      throw;
    }
    tell();
  };
  Worker first(arrive), second(arrive), third(arrive);
  something_happened.wait(false);
  EXPECT_TRUE(still_waits(first) && still_waits(second) && still_waits(third)) << "a party returned before on_complete had";
  leave.count_down();
  first.join();
  second.join();
  third.join();
  EXPECT_TRUE(entered) << "on_complete did not run";
}

TEST(Completion, MayAskWhetherTheBarrierIsBroken) {
  CyclicBarrier* self = nullptr;
  bool broken = true;
  CyclicBarrier barrier(2, [&] { broken = self->broken(); });
  self = &barrier;
  together(2, [&](std::size_t) { barrier.arrive_and_wait(); });
  EXPECT_FALSE(broken);
}
