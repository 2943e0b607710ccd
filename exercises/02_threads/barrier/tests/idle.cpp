// Waiting means sleeping.
#include "barrier.hpp"
#include "harness/inside/testkit/testkit.hpp"

using lockstep::testkit::expect_idle;
using lockstep::testkit::Worker;

TEST(Idle, WaitingPartiesSleep) {
  pdc::CyclicBarrier barrier(3);
  const auto arrive = [&](bool timed) {
    try {
      if (timed)
        barrier.arrive_and_wait_for(pdc::ms(100'000));
      else
        barrier.arrive_and_wait();
    } catch (const pdc::BrokenBarrier&) {  // so slow is the machine: not what is looked at here
    }
  };
  Worker first([&] { arrive(false); });
  first.wait_until_blocked();
  Worker second([&] { arrive(true); });
  second.wait_until_blocked();
  if (!first.finished() && !second.finished()) expect_idle();
  arrive(false);
  first.join();
  second.join();
}
