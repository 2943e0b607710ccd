// How a barrier breaks: by abort, by a timeout, by an exception of on_complete. And whom it spares.
#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include "barrier.hpp"
#include "harness/inside/testkit/testkit.hpp"
#include "harness/inside/testkit/moments.hpp"

using lockstep::testkit::together;
using lockstep::testkit::Worker;
using pdc::BrokenBarrier;
using pdc::CyclicBarrier;
using pdc::ms;

namespace {

// Of calls that shall not use up their time. Long enough for the test, and short enough for a submission that sleeps through all of it. If it
// is over nevertheless, the machine was too slow to see anything.
struct Deadline {
  static constexpr ms timeout{5000};
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  bool is_over() const { return std::chrono::steady_clock::now() >= start + timeout; }
};

// How a call ended: "returned", "broken", or what another exception says.
template <class Call>
std::string how_it_ends(Call call) {
  try {
    call();
    return "returned";
  } catch (const pdc::NotImplemented&) {
    throw;
  } catch (const BrokenBarrier&) {
    return "broken";
  } catch (const std::exception& other) {
    return other.what();
  }
}

}  // namespace

TEST(Abort, WakesThoseWhoWait) {
  CyclicBarrier barrier(3);
  std::string first_end, second_end;
  Worker first([&] { first_end = how_it_ends([&] { barrier.arrive_and_wait(); }); });
  first.wait_until_blocked();
  Worker second([&] { second_end = how_it_ends([&] { barrier.arrive_and_wait(); }); });
  second.wait_until_blocked();
  barrier.abort();
  first.join();
  second.join();
  EXPECT_EQ(first_end, "broken");
  EXPECT_EQ(second_end, "broken");
  EXPECT_TRUE(barrier.broken());
}

// Woken by the abort, not by the clock. On a host so slow that the time is over anyway there is nothing to see.
TEST(Abort, WakesThoseWhoWaitWithATimeout) {
  CyclicBarrier barrier(2);
  std::string end;
  Worker waiter([&] { end = how_it_ends([&] { barrier.arrive_and_wait_for(ms(3000)); }); });
  waiter.wait_until_blocked();
  barrier.abort();
  EXPECT_FALSE(waiter.wait_until_blocked() && !waiter.finished()) << "a timed wait went on after the abort";
  waiter.join();
  EXPECT_EQ(end, "broken");
}

TEST(Abort, RefusesThoseWhoComeLater) {
  CyclicBarrier barrier(2);
  barrier.abort();
  barrier.abort();
  EXPECT_EQ(how_it_ends([&] { barrier.arrive_and_wait(); }), "broken");
  EXPECT_EQ(how_it_ends([&] { barrier.arrive_and_wait_for(Deadline::timeout); }), "broken");
  EXPECT_EQ(how_it_ends([&] { barrier.arrive_and_wait(); }), "broken");
  EXPECT_TRUE(barrier.broken());
}

TEST(Abort, BreaksABarrierForOneAsWell) {
  CyclicBarrier barrier(1);
  EXPECT_EQ(barrier.arrive_and_wait(), 0u);
  barrier.abort();
  EXPECT_EQ(how_it_ends([&] { barrier.arrive_and_wait(); }), "broken");
}

// The last arrival completes the phase and is back at once; its abort comes before the other party has woken up.
TEST(Abort, SparesAPhaseThatWasComplete) {
  constexpr int rounds = 300;
  int refused = 0;
  for (int round = 0; round < rounds; ++round) {
    CyclicBarrier barrier(2);
    const auto party = [&] {
      const std::string end = how_it_ends([&] { barrier.arrive_and_wait(); });
      barrier.abort();
      return end == "returned";
    };
    std::vector<int> returned(2, 0);
    together(2, [&](std::size_t me) { returned[me] = party(); });
    if (!returned[0] || !returned[1]) ++refused;
  }
  EXPECT_EQ(refused, 0) << "a party of a complete phase got BrokenBarrier because of an abort after it, in so many of " << rounds << " phases";
}

// Two sleepers are not awake yet when the phase is complete, and the barrier is broken by `break_it` before they are.
static void expect_sleepers_are_spared(const std::function<void(CyclicBarrier&)>& break_it) {
  const Deadline deadline;
  CyclicBarrier barrier(3);
  std::string first_end, second_end, last_end;
  Worker first([&] { first_end = how_it_ends([&] { barrier.arrive_and_wait(); }); });
  first.wait_until_blocked();
  Worker second([&] { second_end = how_it_ends([&] { barrier.arrive_and_wait_for(deadline.timeout); }); });
  second.wait_until_blocked();
  moments::HoldWoken held;
  Worker last([&] { last_end = how_it_ends([&] { barrier.arrive_and_wait(); }); });
  last.wait_until_blocked();
  Worker breaker([&] { break_it(barrier); });
  breaker.wait_until_blocked();
  held.release();
  breaker.join();
  last.join();
  first.join();
  second.join();
  if (deadline.is_over()) return;
  EXPECT_EQ(first_end, "returned") << "a sleeper of a complete phase";
  EXPECT_EQ(second_end, "returned") << "a sleeper of a complete phase, with a timeout";
  EXPECT_EQ(last_end, "returned") << "the last of a complete phase";
  EXPECT_TRUE(barrier.broken());
}

TEST(Abort, SparesASleeperOfACompletePhase) {
  expect_sleepers_are_spared([](CyclicBarrier& barrier) { barrier.abort(); });
}

TEST(Timeout, BreaksTheBarrierForEverybody) {
  CyclicBarrier barrier(3);
  std::string waiter_end;
  Worker waiter([&] { waiter_end = how_it_ends([&] { barrier.arrive_and_wait(); }); });
  waiter.wait_until_blocked();
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(how_it_ends([&] { barrier.arrive_and_wait_for(ms(20)); }), "broken");
  EXPECT_GE(std::chrono::steady_clock::now() - start, ms(20)) << "gave up before its time";
  waiter.join();
  EXPECT_EQ(waiter_end, "broken");
  EXPECT_TRUE(barrier.broken());
  EXPECT_EQ(how_it_ends([&] { barrier.arrive_and_wait(); }), "broken");
}

TEST(Timeout, OfZeroOrLessGivesUpAtOnce) {
  CyclicBarrier zero(2);
  EXPECT_EQ(how_it_ends([&] { zero.arrive_and_wait_for(ms(0)); }), "broken");
  EXPECT_TRUE(zero.broken());
  CyclicBarrier negative(2);
  EXPECT_EQ(how_it_ends([&] { negative.arrive_and_wait_for(ms(-5)); }), "broken");
  EXPECT_TRUE(negative.broken());
}

TEST(Timeout, NeverConcernsTheLastArrival) {
  CyclicBarrier alone(1);
  EXPECT_EQ(how_it_ends([&] { alone.arrive_and_wait_for(ms(0)); }), "returned");
  EXPECT_FALSE(alone.broken());
}

TEST(Timeout, IsForgottenOnceThePhaseIsComplete) {
  const Deadline deadline;
  CyclicBarrier barrier(2);
  std::vector<int> returned(2, 0);
  together(2, [&](std::size_t me) {
    while (returned[me] < 20 && how_it_ends([&] { barrier.arrive_and_wait_for(deadline.timeout); }) == "returned") ++returned[me];
  });
  if (deadline.is_over()) return;
  EXPECT_EQ(returned[0], 20);
  EXPECT_EQ(returned[1], 20);
  EXPECT_FALSE(barrier.broken());
}

TEST(Timeout, SparesASleeperOfACompletePhase) {
  expect_sleepers_are_spared([](CyclicBarrier& barrier) { EXPECT_EQ(how_it_ends([&] { barrier.arrive_and_wait_for(ms(0)); }), "broken"); });
}

TEST(Exception, OfOnCompleteBreaksTheBarrier) {
  CyclicBarrier barrier(3, [] { throw std::runtime_error("no next step"); });
  std::vector<std::string> end(3);
  together(3, [&](std::size_t me) { end[me] = how_it_ends([&] { barrier.arrive_and_wait(); }); });
  int original = 0, broken = 0;
  for (const std::string& one : end) {
    original += one == "no next step";
    broken += one == "broken";
  }
  EXPECT_EQ(original, 1) << "exactly the thread that ran on_complete gets its exception";
  EXPECT_EQ(broken, 2) << "the other parties get BrokenBarrier";
  EXPECT_TRUE(barrier.broken());
  EXPECT_EQ(how_it_ends([&] { barrier.arrive_and_wait(); }), "broken");
}

TEST(Exception, ComesOnlyInThePhaseThatThrew) {
  int runs = 0;
  CyclicBarrier barrier(2, [&] {
    if (++runs == 3) throw std::runtime_error("third");
  });
  std::vector<int> returned(2, 0);
  together(2, [&](std::size_t me) {
    for (;;) {
      const std::string end = how_it_ends([&] { barrier.arrive_and_wait(); });
      if (end != "returned") return;
      ++returned[me];
    }
  });
  EXPECT_EQ(returned[0], 2);
  EXPECT_EQ(returned[1], 2);
  EXPECT_TRUE(barrier.broken());
}
