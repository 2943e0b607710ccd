// Waiting means sleeping.
#include <vector>

#include "barrier.hpp"
#include "harness/inside/testkit/testkit.hpp"

using lockstep::testkit::expect_idle;
using lockstep::testkit::Worker;

TEST(Idle, WaitingPartiesSleep) {
  pdc::CyclicBarrier barrier(3);
  Worker first([&] { barrier.arrive_and_wait(); });
  Worker second([&] { barrier.arrive_and_wait_for(pdc::ms(3'600'000)); });
  first.wait_until_blocked();
  second.wait_until_blocked();
  if (!first.finished() && !second.finished()) expect_idle();
  barrier.arrive_and_wait();
  first.join();
  second.join();
}
