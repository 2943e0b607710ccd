#include "harness/inside/lockstep/objects.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>

namespace lockstep::engine {

// The state machines take memory from the arena; here that is the heap's.
void* arena_take(std::size_t bytes) { return std::calloc(1, bytes); }

namespace {

TEST(MutexState, HasOneOwner) {
  Mutex mutex;
  EXPECT_TRUE(mutex.free_for(1));
  mutex.lock(1);
  EXPECT_FALSE(mutex.free_for(2));
  EXPECT_TRUE(mutex.own_again(1));
  EXPECT_FALSE(mutex.unlock(2));
  EXPECT_TRUE(mutex.unlock(1));
  EXPECT_TRUE(mutex.free_for(2));
}

TEST(MutexState, ARecursiveOneCounts) {
  Mutex mutex;
  mutex.kind = Mutex::Kind::recursive;
  mutex.lock(1);
  EXPECT_TRUE(mutex.free_for(1));
  mutex.lock(1);
  mutex.unlock(1);
  EXPECT_FALSE(mutex.free_for(2));
  mutex.unlock(1);
  EXPECT_TRUE(mutex.free_for(2));
}

TEST(ReadWriteLockState, ManyReadersOrOneWriter) {
  auto lock = std::make_unique<ReadWriteLock>();
  lock->read_lock(1);
  lock->read_lock(2);
  EXPECT_TRUE(lock->free_to_read(3));
  EXPECT_FALSE(lock->free_to_write(3));
  EXPECT_FALSE(lock->unlock(3));
  lock->unlock(1);
  lock->unlock(2);
  EXPECT_TRUE(lock->free_to_write(3));
  lock->write_lock(3);
  EXPECT_FALSE(lock->free_to_read(1));
  EXPECT_FALSE(lock->free_to_write(1));
}

TEST(ConditionState, NotifiesOnlyThoseWhoWait) {
  Condition condition;
  EXPECT_EQ(condition.notify(0), nobody);
  condition.wait(1);
  condition.wait(2);
  EXPECT_EQ(condition.unnotified(), 2);
  EXPECT_EQ(condition.notify(1), 2);
  EXPECT_TRUE(condition.notified(2));
  EXPECT_FALSE(condition.notified(1));
  EXPECT_EQ(condition.unnotified(), 1);
  condition.leave(2);
  EXPECT_EQ(condition.notify(0), 1);
}

TEST(BarrierState, TheLastOneEndsThePhase) {
  Barrier barrier;
  barrier.parties = 3;
  EXPECT_FALSE(barrier.arrive());
  EXPECT_FALSE(barrier.arrive());
  EXPECT_TRUE(barrier.arrive());
  EXPECT_EQ(barrier.phase, 1U);
  EXPECT_FALSE(barrier.arrive());
}

TEST(VectorClocks, JoinKeepsTheLatest) {
  VectorClock a{}, b{};
  a.at[0] = 3;
  b.at[0] = 1;
  b.at[1] = 7;
  a.span_ns = 5;
  b.span_ns = 9;
  a.join(b);
  EXPECT_EQ(a.span_ns, 9U);
  EXPECT_EQ(a.at[0], 3U);
  EXPECT_TRUE(a.knows(1, 7));
  EXPECT_FALSE(a.knows(1, 8));
}

}  // namespace
}  // namespace lockstep::engine
