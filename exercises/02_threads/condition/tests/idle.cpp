// Waiting means sleeping.
#include "bounded_buffer.hpp"
#include "harness/inside/testkit/testkit.hpp"

using lockstep::testkit::expect_idle;
using lockstep::testkit::Worker;
using pdc::BoundedBuffer;
using pdc::ms;

TEST(Idle, WaitingThreadsSleep) {
  BoundedBuffer empty(2), full(1);
  full.put(1);
  Worker getter([&] { empty.get(); });
  getter.wait_until_blocked();
  Worker timed_getter([&] { empty.get_for(ms(100'000)); });
  timed_getter.wait_until_blocked();
  Worker putter([&] { full.put(2); });
  putter.wait_until_blocked();
  if (!getter.finished() && !timed_getter.finished() && !putter.finished()) expect_idle();
  empty.put(1);
  empty.put(2);
  full.get();
  getter.join();
  timed_getter.join();
  putter.join();
}
