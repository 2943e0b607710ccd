#include "harness/inside/mpiwatch/wait_graph.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "harness/inside/mpiwatch/matching.hpp"

namespace lockstep::mpiwatch {
namespace {

Operation message(OperationKind kind, int owner, int peer, int tag) {
  Operation made{};
  made.kind = kind;
  made.owner = static_cast<std::int16_t>(owner);
  made.peer = static_cast<std::int16_t>(peer);
  made.tag = tag;
  made.communicator = 1;
  made.members = 0xff;
  return made;
}

void wait_for(World& world, bool any, const std::vector<int>& items) {  // rank 0
  world.ranks[0].part = Part::waits;
  world.ranks[0].any = any;
  world.ranks[0].awaited = static_cast<int>(items.size());
  std::copy(items.begin(), items.end(), world.ranks[0].items);
}

TEST(WaitGraph, ARankThatRunsMayStillHelp) {
  const auto world = std::make_unique<World>();
  const int receive = post(*world, message(OperationKind::receive, 0, 1, 7));
  wait_for(*world, false, {receive});
  EXPECT_EQ(find_deadlocked(*world, 0b11), 0U);
  world->ranks[1].part = Part::finished;
  EXPECT_EQ(find_deadlocked(*world, 0b11), 0b01U);
  EXPECT_EQ(waits_for(*world, 0), 0b10U);
}

TEST(WaitGraph, AProbeEndsWithoutTakingTheMessage) {
  const auto world = std::make_unique<World>();
  const int probe = post(*world, message(OperationKind::probe, 0, any_rank, any_tag));
  wait_for(*world, false, {probe});
  world->ranks[1].part = Part::finished;
  EXPECT_EQ(find_deadlocked(*world, 0b11), 0b01U);
  const int send = post(*world, message(OperationKind::send, 1, 0, 3));
  EXPECT_EQ(find_deadlocked(*world, 0b11), 0U);
  EXPECT_EQ(find_message(*world, world->operations[probe]), send);
}

TEST(WaitGraph, AChoiceThatCannotBeMadeIsNoDeadlock) {
  const auto world = std::make_unique<World>();
  Operation chosen = message(OperationKind::receive, 0, 1, 7);
  chosen.forced = true;
  wait_for(*world, false, {post(*world, chosen)});
  world->ranks[1].part = world->ranks[2].part = Part::finished;
  EXPECT_EQ(find_deadlocked_unforced(*world, 0b111), 0b001U);  // nobody else sends either
  post(*world, message(OperationKind::send, 2, 0, 7));
  EXPECT_EQ(find_deadlocked(*world, 0b111), 0b001U);
  EXPECT_EQ(find_deadlocked_unforced(*world, 0b111), 0U);
}

TEST(WaitGraph, WhoeverKeepsAMessageForALaterReceiveCouldLetItsSenderGoOn) {
  const auto world = std::make_unique<World>();
  Operation chosen = message(OperationKind::receive, 0, 3, 7);
  chosen.forced = true;
  post(*world, chosen);
  const int from_two = post(*world, message(OperationKind::receive, 0, 2, 0));
  wait_for(*world, false, {from_two});
  const auto waits = [&](int rank, int item) {
    world->ranks[rank].part = Part::waits;
    world->ranks[rank].awaited = 1;
    world->ranks[rank].items[0] = item;
  };
  waits(1, post(*world, message(OperationKind::send, 1, 0, 7)));
  waits(2, post(*world, message(OperationKind::receive, 2, 1, 0)));
  waits(3, post(*world, message(OperationKind::receive, 3, 0, 0)));
  EXPECT_EQ(find_deadlocked(*world, 0b1111), 0b1111U);
  EXPECT_EQ(find_deadlocked_unforced(*world, 0b1111), 0U);
}

TEST(WaitGraph, OfSeveralRequestsTheChosenOneMustComeAndTheOthersWouldDo) {
  const auto world = std::make_unique<World>();
  const int from_one = post(*world, message(OperationKind::receive, 0, 1, 0));
  const int from_two = post(*world, message(OperationKind::receive, 0, 2, 0));
  world->ranks[1].part = world->ranks[2].part = Part::finished;
  wait_for(*world, true, {from_one, from_two});
  world->ranks[0].chosen = 1;
  EXPECT_EQ(find_deadlocked_unforced(*world, 0b111), 0b001U);
  post(*world, message(OperationKind::send, 2, 0, 0));
  EXPECT_FALSE(is_satisfied(*world, 0));
  EXPECT_EQ(find_deadlocked(*world, 0b111), 0b001U);
  EXPECT_EQ(find_deadlocked_unforced(*world, 0b111), 0U);
}

TEST(WaitGraph, FarMessagesOfOneOfSeveralSourcesAreEnough) {
  const auto world = std::make_unique<World>();
  const int from_one = post(*world, message(OperationKind::receive, 0, 1, 0));
  const int from_two = post(*world, message(OperationKind::receive, 0, 2, 0));
  world->ranks[1].part = Part::finished;
  wait_for(*world, true, {from_one, from_two});
  EXPECT_EQ(find_deadlocked(*world, 0b111), 0U);
  world->ranks[0].any = false;
  EXPECT_EQ(find_deadlocked(*world, 0b111), 0b001U);
}

TEST(WaitGraph, ShortSendsInACircleAreUnsafeAndASendToNobodyIsNot) {
  const auto world = std::make_unique<World>();
  for (int rank = 0; rank < 3; ++rank) {
    Operation send = message(OperationKind::send, rank, (rank + 1) % 3, 0);
    send.could_be_buffered = true;
    world->ranks[rank].part = Part::waits;
    world->ranks[rank].awaited = 1;
    world->ranks[rank].items[0] = post(*world, send);
  }
  EXPECT_EQ(find_deadlocked(*world, 0b111), 0b111U);
  EXPECT_TRUE(is_unsafe(*world, 0b111));
  world->ranks[2].part = Part::finished;
  EXPECT_EQ(find_deadlocked(*world, 0b111), 0b011U);
  EXPECT_FALSE(is_unsafe(*world, 0b011));
}

TEST(WaitGraph, ASendBesideAReceiveOfAnotherTagIsNoMatterOfBuffers) {
  const auto world = std::make_unique<World>();
  Operation send = message(OperationKind::send, 0, 1, 8);
  send.could_be_buffered = true;
  const int sent = post(*world, send), received = post(*world, message(OperationKind::receive, 1, 0, 7));
  wait_for(*world, false, {sent});
  world->ranks[1].part = Part::waits;
  world->ranks[1].awaited = 1;
  world->ranks[1].items[0] = received;
  EXPECT_EQ(find_deadlocked(*world, 0b11), 0b11U);
  EXPECT_FALSE(is_unsafe(*world, 0b11));
}

TEST(Matching, MessagesDoNotOvertakeEachOther) {
  const auto world = std::make_unique<World>();
  const int first = post(*world, message(OperationKind::send, 1, 0, 5));
  post(*world, message(OperationKind::send, 1, 0, 5));
  const int receive = post(*world, message(OperationKind::receive, 0, any_rank, 5));
  EXPECT_EQ(world->operations[receive].partner, first);
}

TEST(Matching, AForcedReceiveLeavesLaterOnesOnlyWhatItDoesNotFit) {
  const auto world = std::make_unique<World>();
  Operation chosen = message(OperationKind::receive, 0, 2, any_tag);
  chosen.forced = true;
  const int first = post(*world, chosen), second = post(*world, message(OperationKind::receive, 0, any_rank, any_tag));
  const int kept = post(*world, message(OperationKind::send, 1, 0, 5));
  EXPECT_EQ(world->operations[second].state, OperationState::posted);
  EXPECT_TRUE(could_be_served(*world, world->operations[first]));
  const int wanted = post(*world, message(OperationKind::send, 2, 0, 5));
  EXPECT_EQ(world->operations[first].partner, wanted);
  EXPECT_EQ(world->operations[second].partner, kept);
}

TEST(Matching, AMessageDoesNotOvertakeOneThatAForcedReceiveKeeps) {
  const auto world = std::make_unique<World>();
  Operation chosen = message(OperationKind::receive, 0, 2, 5);
  chosen.forced = true;
  const int first = post(*world, chosen), second = post(*world, message(OperationKind::receive, 0, 1, any_tag));
  const int kept = post(*world, message(OperationKind::send, 1, 0, 5));
  post(*world, message(OperationKind::send, 1, 0, 6));
  EXPECT_EQ(world->operations[second].state, OperationState::posted);
  EXPECT_TRUE(withdraw(*world, first));
  EXPECT_EQ(world->operations[second].partner, kept);
}

TEST(Matching, ARowOfTagsFromOneSourceLeavesNoChoice) {
  const auto world = std::make_unique<World>();
  std::vector<int> sends;
  for (const int tag : {7, 3, 9}) sends.push_back(post(*world, message(OperationKind::send, 1, 0, tag)));
  for (const int send : sends) EXPECT_EQ(world->operations[post(*world, message(OperationKind::receive, 0, 1, any_tag))].partner, send);
}

TEST(Matching, TheLastMessagesOfSomeRanksAreRemembered) {
  const auto world = std::make_unique<World>();
  for (int tag = 0; tag < 100; ++tag) {
    post(*world, message(OperationKind::send, tag % 2, 2, tag));
    post(*world, message(OperationKind::receive, 2, any_rank, any_tag));
  }
  const std::vector<Exchange> last = last_exchanges(*world, 0b10, 3);
  ASSERT_EQ(last.size(), 3U);
  EXPECT_EQ(last.front().tag, 95);
  EXPECT_EQ(last.back().tag, 99);
  EXPECT_EQ(last.back().from, 1);
  EXPECT_EQ(last_exchanges(*world, 0b1111, 1000).size(), static_cast<std::size_t>(most_remembered));
}

TEST(Matching, ANearMissIsFound) {
  const auto world = std::make_unique<World>();
  const int receive = post(*world, message(OperationKind::receive, 1, 0, 7));
  const int send = post(*world, message(OperationKind::send, 0, 1, 8));
  EXPECT_EQ(find_near_miss(*world, world->operations[receive]), send);
  EXPECT_EQ(find_near_miss(*world, world->operations[send]), receive);
}

TEST(Matching, WhatIsGivenBackIsUsedAgain) {
  const auto world = std::make_unique<World>();
  for (int i = 0; i < 3 * most_operations; ++i) {
    const int send = post(*world, message(OperationKind::send, 1, 0, 0));
    const int receive = post(*world, message(OperationKind::receive, 0, 1, 0));
    ASSERT_NE(send, 0);
    ASSERT_EQ(world->operations[receive].partner, send);
    release(*world, send);
    release(*world, receive);
  }
  EXPECT_LE(world->used, 4);
}

}  // namespace
}  // namespace lockstep::mpiwatch
