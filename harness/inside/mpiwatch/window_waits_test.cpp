#include "harness/inside/mpiwatch/window_waits.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "harness/inside/mpiwatch/wait_graph.hpp"

namespace lockstep::mpiwatch {
namespace {

struct WindowWaits : testing::Test {
  std::unique_ptr<World> world = std::make_unique<World>();
  int window = find_window(*world, 77, 0b111);

  void wait(int rank, WindowCall call, Mask ranks, bool exclusive = false) {
    world->window_waits[rank] = {call, exclusive, window, ranks};
    RankView& view = world->ranks[rank];
    view.part = Part::waits;
    view.awaited = 1;
    view.items[0] = item_of_window_wait(rank);
  }
  bool can_go_on(int rank) const { return awaited_ranks(*world, item_of_window_wait(rank)) == 0; }
  void go_on(int rank) { begin_epochs(*world, rank, world->window_waits[rank]); }
  Mask deadlocked() const { return find_deadlocked(*world, 0b111); }
};

TEST_F(WindowWaits, AStartNeedsAPostOfEachTarget) {
  wait(0, WindowCall::start, 0b110);
  open_exposure(*world, window, 1, only(0));
  EXPECT_FALSE(can_go_on(0));
  EXPECT_EQ(waits_for(*world, 0), only(2));
  EXPECT_EQ(deadlocked(), 0U);
  world->ranks[2].part = Part::finished;
  EXPECT_EQ(deadlocked(), only(0));
  world->ranks[2].part = Part::running;
  open_exposure(*world, window, 2, 0b011);
  EXPECT_TRUE(can_go_on(0));
  go_on(0);
  wait(0, WindowCall::start, 0b110);  // each post is for one start
  EXPECT_FALSE(can_go_on(0));
}

TEST_F(WindowWaits, AWaitNeedsAllOrigins) {
  open_exposure(*world, window, 2, 0b011);
  wait(2, WindowCall::wait, 0b011);
  complete_epochs(*world, window, 0, only(2));
  EXPECT_EQ(waits_for(*world, 2), only(1));
  wait(1, WindowCall::start, only(0));  // rank 0 may post
  EXPECT_EQ(deadlocked(), 0U);
  wait(0, WindowCall::start, only(1));
  EXPECT_EQ(deadlocked(), 0b111U);
  world->ranks[1].part = Part::running;
  complete_epochs(*world, window, 1, only(2));
  EXPECT_TRUE(can_go_on(2));
}

TEST_F(WindowWaits, AnExclusiveLockIsAlone) {
  wait(0, WindowCall::lock, only(2));
  go_on(0);
  wait(1, WindowCall::lock, only(2));
  EXPECT_TRUE(can_go_on(1));
  wait(1, WindowCall::lock, only(2), true);
  EXPECT_FALSE(can_go_on(1));
  unlock(*world, window, 0, only(2));
  EXPECT_TRUE(can_go_on(1));
  go_on(1);
  wait(0, WindowCall::lock, 0b111);  // of all
  EXPECT_EQ(waits_for(*world, 0), only(1));
}

TEST_F(WindowWaits, LocksTakenCrosswiseAreADeadlock) {
  for (const int rank : {0, 1}) {
    wait(rank, WindowCall::lock, only(rank), true);
    go_on(rank);
  }
  wait(0, WindowCall::lock, only(1), true);
  EXPECT_EQ(deadlocked(), 0U);
  wait(1, WindowCall::lock, only(0), true);
  EXPECT_EQ(deadlocked(), 0b011U);
}

TEST_F(WindowWaits, LocksPassOnWhatTheirHoldersKnew) {
  world->orders[0].known[0] = 5;
  unlock(*world, window, 0, only(2));  // it was a shared one
  wait(1, WindowCall::lock, only(2));
  go_on(1);
  EXPECT_EQ(world->orders[1].known[0], 0U);
  unlock(*world, window, 1, only(2));
  wait(1, WindowCall::lock, only(2), true);
  go_on(1);
  EXPECT_EQ(world->orders[1].known[0], 5U);
}

TEST_F(WindowWaits, AWindowIsGoneWhenAllHaveLeft) {
  EXPECT_EQ(find_window(*world, 77, 0b111), window);
  EXPECT_NE(find_window(*world, 78, 0b111), window);
  for (const int rank : {0, 1, 2}) leave_window(*world, window, rank);
  EXPECT_FALSE(world->windows[window].used);
}

}  // namespace
}  // namespace lockstep::mpiwatch
