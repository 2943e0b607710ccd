// For ThreadSanitizer: plain data that nothing but the barrier orders. The tests use no synchronisation of their own between the
// threads, because it would order the student's accesses too.
#include <deque>
#include <vector>

#include "barrier.hpp"
#include "harness/inside/testkit/testkit.hpp"

using lockstep::testkit::Probe;
using lockstep::testkit::repetitions;
using lockstep::testkit::together;
using pdc::CyclicBarrier;

namespace {

// Every party writes its own slot, passes the barrier and reads all slots. Two sets of slots in turn, so that a party that is a phase
// ahead writes the other set.
void exchange(std::size_t parties, int phases) {
  CyclicBarrier barrier(parties);
  std::deque<Probe> slots(2 * parties);
  together(parties, [&](std::size_t me) {
    for (int phase = 0; phase < phases; ++phase) {
      const std::size_t set = static_cast<std::size_t>(phase % 2) * parties;
      slots[set + me].write();
      barrier.arrive_and_wait();
      for (std::size_t other = 0; other < parties; ++other) static_cast<void>(slots[set + other].read());
    }
  });
}

}  // namespace

TEST(Ordering, WhatIsWrittenBeforeIsReadAfter) {
  for (int round = 0; round < repetitions(2, 5); ++round) {
    exchange(2, 40);
    exchange(3, 40);
  }
}

TEST(Ordering, CompletionSeesAllAndIsSeenByAll) {
  constexpr std::size_t parties = 3;
  for (int round = 0; round < repetitions(2, 5); ++round) {
    std::deque<Probe> slots(parties);
    Probe sum;
    CyclicBarrier barrier(parties, [&] {
      for (const Probe& slot : slots) static_cast<void>(slot.read());
      sum.write();
    });
    together(parties, [&](std::size_t me) {
      for (int phase = 0; phase < 30; ++phase) {
        slots[me].write();
        barrier.arrive_and_wait();
        static_cast<void>(sum.read());
        barrier.arrive_and_wait();
      }
    });
  }
}

// Should the time be over because the machine is slow, there is nothing more to see.
TEST(Ordering, TimedArrivalsOrderLikeUntimedOnes) {
  CyclicBarrier barrier(2);
  std::deque<Probe> slots(4);
  together(2, [&](std::size_t me) {
    for (int phase = 0; phase < 60; ++phase) {
      const std::size_t set = static_cast<std::size_t>(phase % 2) * 2;
      slots[set + me].write();
      try {
        if (phase % 3 == static_cast<int>(me))
          barrier.arrive_and_wait_for(pdc::ms(5000));
        else
          barrier.arrive_and_wait();
      } catch (const pdc::BrokenBarrier&) {
        return;
      }
      static_cast<void>(slots[set + 1 - me].read());
    }
  });
}

TEST(Ordering, AskingAndAbortingFromOutsideIsAllowedAtAnyTime) {
  for (int round = 0; round < repetitions(2, 10); ++round) {
    CyclicBarrier barrier(2);
    const auto arrive = [&] {
      try {
        for (;;) barrier.arrive_and_wait();
      } catch (const pdc::BrokenBarrier&) {
      }
    };
    together({arrive, arrive, [&] {
                for (int i = 0; i < 20; ++i) static_cast<void>(barrier.broken());
                barrier.abort();
              }});
    EXPECT_TRUE(barrier.broken());
  }
}
