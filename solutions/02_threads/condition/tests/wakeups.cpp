// Who is woken, and what he does then. Where a scenario needs one moment between two, the test decides it (moments.hpp). Whoever acts in a
// scenario is a Worker, so that no submission that lets him wait a little longer than ours can hold up the test itself.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <optional>
#include <vector>

#include "bounded_buffer.hpp"
#include "harness/inside/testkit/testkit.hpp"
#include "harness/inside/testkit/moments.hpp"

using lockstep::testkit::together;
using lockstep::testkit::Worker;
using moments::HoldBeforeSleep;
using moments::HoldWoken;
using moments::Wakes;
using pdc::BoundedBuffer;
using pdc::ms;
using Item = BoundedBuffer::Item;
using Items = std::vector<Item>;
using Clock = std::chrono::steady_clock;

namespace {

// Of a call that shall not use up its time. Long enough for the test, and short enough for a submission that sleeps through all of it.
struct Deadline {
  static constexpr ms timeout{5000};
  Clock::time_point start = Clock::now();
  bool is_over() const { return Clock::now() >= start + timeout; }
};

Items sorted(Items items) {
  std::sort(items.begin(), items.end());
  return items;
}

Items operator+(Items left, const Items& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

// False if the call has returned; rethrows what it threw.
bool still_waits(Worker& worker) {
  worker.wait_until_blocked();
  if (!worker.finished()) return true;
  worker.join();
  return false;
}

// Lets another thread do something until it has done it or has to wait, while those who were woken are held; then lets all go on to the end.
void act(HoldWoken& held, std::function<void()> action, std::initializer_list<Worker*> sleepers) {
  Worker actor(std::move(action));
  actor.wait_until_blocked();
  held.release();
  actor.join();
  for (Worker* sleeper : sleepers) sleeper->join();
}

void put_two(BoundedBuffer& buffer) {
  buffer.put(8);
  buffer.put(9);
}

void get_two(BoundedBuffer& buffer) {
  buffer.get();
  buffer.get();
}

}  // namespace

TEST(Wakeup, TwoItemsWakeTwoGetters) {
  for (const Wakes whom : moments::either) {
    const moments::Order order(whom);
    BoundedBuffer buffer(2);
    Worker first([&] { buffer.get(); });
    first.wait_until_blocked();
    Worker second([&] { buffer.get(); });
    second.wait_until_blocked();
    HoldWoken held;
    act(held, [&] { put_two(buffer); }, {&first, &second});
    EXPECT_EQ(buffer.size(), 0u);
  }
}

TEST(Wakeup, RoomForTwoWakesTwoPutters) {
  for (const Wakes whom : moments::either) {
    const moments::Order order(whom);
    BoundedBuffer buffer(2);
    buffer.put(1);
    buffer.put(2);
    Worker first([&] { buffer.put(3); });
    first.wait_until_blocked();
    Worker second([&] { buffer.put(4); });
    second.wait_until_blocked();
    HoldWoken held;
    act(held, [&] { get_two(buffer); }, {&first, &second});
    EXPECT_EQ(buffer.size(), 2u);
  }
}

// Two getters sleep, one item comes, and the next put has to wait: whom does the getter that leaves wake?
TEST(Wakeup, AGetterThatLeavesWakesAPutter) {
  for (const Wakes whom : moments::either) {
    const moments::Order order(whom);
    BoundedBuffer buffer(1);
    Worker first([&] { buffer.get(); });
    first.wait_until_blocked();
    Worker second([&] { buffer.get(); });
    second.wait_until_blocked();
    HoldWoken held;
    act(held, [&] { put_two(buffer); }, {&first, &second});
  }
}

TEST(Wakeup, APutterThatLeavesWakesAGetter) {
  for (const Wakes whom : moments::either) {
    const moments::Order order(whom);
    BoundedBuffer buffer(1);
    buffer.put(1);
    Worker first([&] { buffer.put(2); });
    first.wait_until_blocked();
    Worker second([&] { buffer.put(3); });
    second.wait_until_blocked();
    HoldWoken held;
    act(held, [&] { get_two(buffer); }, {&first, &second});
  }
}

namespace {

// `waits` has to wait, and has found that out, but is not asleep yet when `change` happens.
void change_before_sleep(std::function<void()> waits, std::function<void()> change) {
  HoldBeforeSleep held;
  Worker waiter(std::move(waits));
  waiter.wait_until_blocked();
  Worker other(std::move(change));
  other.wait_until_blocked();
  held.release();
  other.join();
  waiter.join();
}

}  // namespace

TEST(Wakeup, ReachesAGetterThatIsAboutToSleep) {
  BoundedBuffer buffer(1);
  std::optional<Item> item;
  change_before_sleep([&] { item = buffer.get(); }, [&] { buffer.put(1); });
  EXPECT_EQ(item, 1);
}

TEST(Wakeup, ReachesAPutterThatIsAboutToSleep) {
  BoundedBuffer buffer(1);
  buffer.put(1);
  bool accepted = false;
  change_before_sleep([&] { accepted = buffer.put(2); }, [&] { buffer.get(); });
  EXPECT_TRUE(accepted);
}

TEST(Wakeup, OfCloseReachesAGetterThatIsAboutToSleep) {
  BoundedBuffer buffer(1);
  std::optional<Item> item = 0;
  change_before_sleep([&] { item = buffer.get(); }, [&] { buffer.close(); });
  EXPECT_EQ(item, std::nullopt);
}

TEST(Wakeup, OfCloseReachesAPutterThatIsAboutToSleep) {
  BoundedBuffer buffer(1);
  buffer.put(1);
  bool accepted = true;
  change_before_sleep([&] { accepted = buffer.put(2); }, [&] { buffer.close(); });
  EXPECT_FALSE(accepted);
}

// The first getter's time runs out after a put has woken it: either it takes the item all the same, or the second gets it. A machine that
// is too slow for the scenario gets more time for it.
TEST(Wakeup, IsNotLostInATimeout) {
  bool played = false;
  for (ms timeout{100}; !played && timeout < ms(60'000); timeout *= 2) {
    BoundedBuffer buffer(2);
    std::optional<Item> in_time, item;
    const Clock::time_point before = Clock::now();
    Worker timed([&] { in_time = buffer.get_for(timeout); });
    timed.wait_until_blocked();
    const Clock::time_point asleep = Clock::now();
    Worker untimed([&] { item = buffer.get(); });
    untimed.wait_until_blocked();
    HoldWoken held;
    Worker producer([&] { buffer.put(1); });
    producer.wait_until_blocked();
    played = Clock::now() < before + timeout;
    if (!timed.finished()) std::this_thread::sleep_until(asleep + timeout + ms(1));
    held.release();
    producer.join();
    timed.join();
    EXPECT_FALSE(!in_time && still_waits(untimed)) << "an item is inside, and a getter sleeps: the wake-up went to one whose time was over";
    buffer.close();
    untimed.join();
  }
}

// Many of both kinds, and nothing is lost, doubled or overtaken.
TEST(Wakeup, ManyOfBothKinds) {
  constexpr std::size_t producers = 3, consumers = 3;
  constexpr Item per_producer = 1000;
  for (const std::size_t capacity : {1u, 2u, 7u}) {
    BoundedBuffer buffer(capacity);
    std::vector<Items> taken(consumers);
    std::size_t largest = 0;
    std::atomic<std::size_t> producing{producers};
    constexpr int looks = 20000;
    together(producers + consumers + 1, [&](std::size_t me) {
      if (me < producers) {
        for (Item i = 0; i < per_producer; ++i) buffer.put(static_cast<Item>(me) * per_producer + i);
        if (--producing == 0) buffer.close();
      } else if (me < producers + consumers) {
        while (const std::optional<Item> item = buffer.get()) taken[me - producers].push_back(*item);
      } else {
        for (int look = 0; look < looks && producing > 0; ++look) largest = std::max(largest, buffer.size());
      }
    });
    EXPECT_LE(largest, capacity) << "size() said so";
    Items all, expected;
    for (const Items& items : taken) {
      all = all + items;
      std::map<Item, Item> last;
      for (const Item item : items) {
        const auto [at, first_of_producer] = last.emplace(item / per_producer, item);
        EXPECT_TRUE(first_of_producer || at->second < item) << "items of one producer were overtaken";
        at->second = item;
      }
    }
    for (Item i = 0; i < static_cast<Item>(producers) * per_producer; ++i) expected.push_back(i);
    EXPECT_EQ(sorted(all), expected) << "with a capacity of " << capacity;
  }
}

TEST(Wakeup, CloseInTheMiddleOfTheTraffic) {
  for (int round = 0; round < 100; ++round) {
    BoundedBuffer buffer(2);
    std::vector<Items> accepted(2), taken(2);
    together(5, [&](std::size_t me) {
      if (me < 2) {
        for (Item item = static_cast<Item>(me);; item += 2) {
          if (!buffer.put(item)) return;
          accepted[me].push_back(item);
        }
      } else if (me < 4) {
        while (const std::optional<Item> item = buffer.get()) taken[me - 2].push_back(*item);
      } else {
        for (int look = 0; look < round; ++look) static_cast<void>(buffer.size());
        buffer.close();
      }
    });
    ASSERT_EQ(sorted(taken[0] + taken[1]), sorted(accepted[0] + accepted[1])) << "what was accepted and what was delivered";
  }
}

// An item wakes a getter, but another thread takes it before the getter is back.
TEST(LooksAgain, WhenItsItemWasTaken) {
  BoundedBuffer buffer(2);
  std::optional<Item> mine, stolen;
  Worker getter([&] { mine = buffer.get(); });
  getter.wait_until_blocked();
  HoldWoken held;
  Worker thief([&] {
    buffer.put(1);
    stolen = buffer.get_for(ms(0));
  });
  thief.wait_until_blocked();
  held.release();
  thief.join();
  if (stolen) {
    EXPECT_TRUE(still_waits(getter)) << "get returned although the item that woke it had been taken by another thread";
    if (HasFailure()) return buffer.close();
    buffer.put(2);
  }
  getter.join();
  EXPECT_EQ(stolen.value_or(1), 1);
  EXPECT_EQ(mine, stolen ? 2 : 1);
}

// The same for a timed getter: to be woken for nothing is no timeout. If its time is over, the machine was too slow to see anything.
TEST(LooksAgain, WhenItsItemWasTakenAndItsTimeIsNotOver) {
  BoundedBuffer buffer(2);
  std::optional<Item> mine, stolen;
  const Deadline deadline;
  Worker getter([&] { mine = buffer.get_for(deadline.timeout); });
  getter.wait_until_blocked();
  HoldWoken held;
  Worker thief([&] {
    buffer.put(1);
    stolen = buffer.get_for(ms(0));
  });
  thief.wait_until_blocked();
  held.release();
  thief.join();
  EXPECT_TRUE(!stolen || still_waits(getter) || deadline.is_over()) << "get_for returned before its time was over";
  if (stolen && !HasFailure()) buffer.put(2);
  getter.join();
  if (deadline.is_over()) return;
  EXPECT_EQ(mine, stolen ? 2 : 1);
}

// A get makes room and wakes a putter, but another thread fills it before the putter is back.
TEST(LooksAgain, WhenItsRoomWasTaken) {
  for (const bool timed : {false, true}) {
    BoundedBuffer buffer(1);
    buffer.put(1);
    bool accepted = false, taken = false;
    const Deadline deadline;
    Worker putter([&] { accepted = timed ? buffer.put_for(2, deadline.timeout) : buffer.put(2); });
    putter.wait_until_blocked();
    HoldWoken held;
    Worker thief([&] {
      buffer.get();
      taken = buffer.put_for(3, ms(0));
    });
    thief.wait_until_blocked();
    held.release();
    thief.join();
    EXPECT_TRUE(!taken || still_waits(putter) || (timed && deadline.is_over())) << "put returned although the room that woke it had been taken";
    EXPECT_LE(buffer.size(), 1u) << "more items inside than the capacity";
    if (HasFailure()) return buffer.close();
    if (taken) buffer.get();
    putter.join();
    if (timed && deadline.is_over()) return;
    EXPECT_TRUE(accepted);
    EXPECT_EQ(buffer.get(), 2);
  }
}

// A wait may end although nobody has notified, as the standard says.
TEST(LooksAgain, WhenNobodyHasWokenIt) {
  for (const bool timed : {false, true}) {
    BoundedBuffer empty(1), full(1);
    full.put(1);
    std::optional<Item> item;
    bool accepted = false;
    const Deadline deadline;
    const moments::WakeForNothing waking(2);
    Worker getter([&] { item = timed ? empty.get_for(deadline.timeout) : empty.get(); });
    EXPECT_TRUE(still_waits(getter) || (timed && deadline.is_over())) << "get returned although the buffer is empty and open";
    const moments::WakeForNothing again(2);
    Worker putter([&] { accepted = timed ? full.put_for(2, deadline.timeout) : full.put(2); });
    EXPECT_TRUE(still_waits(putter) || (timed && deadline.is_over())) << "put returned although the buffer is full and open";
    if (HasFailure()) {
      empty.close();
      full.close();
      return;
    }
    empty.put(3);
    full.get();
    getter.join();
    putter.join();
    if (timed && deadline.is_over()) return;
    EXPECT_EQ(item, 3);
    EXPECT_TRUE(accepted);
  }
}
