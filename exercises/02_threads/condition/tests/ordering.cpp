// For ThreadSanitizer: plain data that nothing but the buffer orders. The tests use no synchronisation of their own between the threads,
// because it would order the student's accesses too.
#include <deque>
#include <functional>
#include <vector>

#include "bounded_buffer.hpp"
#include "harness/inside/testkit/testkit.hpp"

using lockstep::testkit::Probe;
using lockstep::testkit::repetitions;
using lockstep::testkit::together;
using pdc::BoundedBuffer;
using pdc::ms;
using Item = BoundedBuffer::Item;

TEST(Ordering, WhatWasWrittenBeforePutIsReadAfterGet) {
  constexpr Item per_producer = 40;
  for (int round = 0; round < repetitions(2, 6); ++round) {
    BoundedBuffer buffer(round % 2 == 0 ? 1 : 3);
    std::deque<Probe> parcels(2 * per_producer);
    const auto produce = [&](Item first) {
      for (Item item = first; item < first + per_producer; ++item) {
        parcels[static_cast<std::size_t>(item)].write();
        buffer.put(item);
      }
    };
    const auto consume = [&] {
      for (Item i = 0; i < per_producer; ++i)
        if (const auto item = buffer.get(); item && *item >= 0 && *item < 2 * per_producer) parcels[static_cast<std::size_t>(*item)].write();
    };
    together({[&] { produce(0); }, consume, [&] { produce(per_producer); }, consume});
  }
}

TEST(Ordering, SizeMayBeAskedAtAnyTime) {
  for (int round = 0; round < repetitions(2, 6); ++round) {
    BoundedBuffer buffer(4);
    together({[&] {
                for (Item item = 0; item < 50; ++item) buffer.put(item);
              },
              [&] {
                for (int i = 0; i < 50; ++i) static_cast<void>(buffer.size());
              },
              [&] {
                for (Item item = 0; item < 50; ++item) buffer.get();
              }});
  }
}

TEST(Ordering, CloseMayComeAtAnyTime) {
  for (int round = 0; round < repetitions(2, 12); ++round) {
    BoundedBuffer buffer(1);
    const auto consume = [&] {
      while (buffer.get()) {
      }
    };
    const auto produce = [&] {
      for (Item item = 0; buffer.put(item); ++item) {
      }
    };
    together({consume, produce, [&] { buffer.close(); }, consume, produce});
  }
}

// Whether a call is in time does not matter here; a submission that loses wake-ups shall not cost minutes.
TEST(Ordering, TimedCallsOrderLikeUntimedOnes) {
  constexpr ms timeout{100};
  for (int round = 0; round < repetitions(2, 4); ++round) {
    BoundedBuffer buffer(1);
    std::deque<Probe> parcels(40);
    together({[&] {
                for (std::size_t i = 0; i < parcels.size(); ++i) {
                  parcels[i].write();
                  buffer.put_for(static_cast<Item>(i), timeout);
                }
              },
              [&] {
                for (std::size_t i = 0; i < parcels.size(); ++i)
                  if (const auto item = buffer.get_for(timeout); item && *item >= 0 && *item < 40)
                    parcels[static_cast<std::size_t>(*item)].write();
              }});
  }
}
