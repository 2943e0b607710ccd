// Fixtures for threads, outside of any submission.
#include "harness/inside/testkit/threads.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>

#include "harness/inside/testkit/threads_state.hpp"
#include "harness/inside/testkit/threads_watch.hpp"

namespace lockstep::testkit {
namespace {

// The other thread runs when the watched one falls asleep, and soon sleeps for good without having used the processor for long.
TEST(BlockedWatch, AnotherThreadMayFallAsleepLater) {
  std::atomic<int> watched_id = 0;
  std::atomic<bool> may_sleep = false;
  std::latch end(1);
  std::thread watched([&] {
    watched_id = own_tid();
    end.wait();
  });
  while (watched_id == 0) std::this_thread::yield();
  while (!look_at(watched_id).waiting()) std::this_thread::yield();
  std::thread other([&] {
    while (!may_sleep) {
    }
    end.wait();
  });
  BlockedWatch watch(watched_id);
  BlockedWatch::Seen seen = watch.look();
  for (int look = 0; look < 3; ++look) seen = watch.look();
  may_sleep = true;
  for (int look = 0; look < 2000 && seen != BlockedWatch::Seen::all_blocked_for_good; ++look) {
    sleep_unseen(1000);
    seen = watch.look();
  }
  EXPECT_EQ(seen, BlockedWatch::Seen::all_blocked_for_good);
  end.count_down();
  watched.join();
  other.join();
}

TEST(BlockedWatch, AThreadThatWillBeWokenIsNotBlockedForGood) {
  std::latch end(1);
  Worker sleeper([&] { end.wait(); });
  Worker waker([&] {
    sleep_unseen(30'000);
    end.count_down();
  });
  EXPECT_TRUE(sleeper.wait_until_finished());
}

}  // namespace
}  // namespace lockstep::testkit
