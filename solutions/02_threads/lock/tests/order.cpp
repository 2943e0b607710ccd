// Whoever takes two locks must not be the one whom the holder of the second is waiting for. In most tests a transfer is stopped in its audit, so
// that others come to wait for its accounts in an order that the test decides; then it is let go. Nothing is demanded of who waits and who does
// not: what counts is that all calls return.
#include <functional>
#include <memory>
#include <vector>

#include "bank.hpp"
#include "harness/inside/testkit/testkit.hpp"
#include "stopped_anywhere.hpp"
#include "tests/gate.hpp"

using lockstep::testkit::together;
using lockstep::testkit::Worker;
using pdc::Bank;
using Money = std::vector<std::int64_t>;

namespace {

struct Pair {
  std::size_t from, to;
};

// While `held` is in its audit the other transfers come one after the other, each when the one before waits. A transfer that is first in the
// queue for an account of `held` gets it first; if it then wants an account whose holder wants this one, nobody will ever go on.
void queue_up(Pair held, const std::vector<Pair>& others) {
  Gate gate(held.from, held.to);
  Bank bank(Money(5, 100), std::ref(gate));
  Held transfer(gate, bank, 1);
  std::vector<std::unique_ptr<Worker>> workers;
  for (const Pair pair : others) {
    workers.push_back(std::make_unique<Worker>([&bank, pair] { EXPECT_TRUE(bank.transfer(pair.from, pair.to, 1)); }));
    workers.back()->wait_until_blocked();
  }
  EXPECT_TRUE(transfer.finish());
  for (const auto& worker : workers) worker->join();
  EXPECT_EQ(bank.total(), 500);
}

// The same with total as the last in the queue.
void queue_up_before_total(Pair held, Pair first) {
  Gate gate(held.from, held.to);
  Bank bank(Money(5, 100), std::ref(gate));
  Held transfer(gate, bank, 1);
  std::int64_t sum = 0;
  Worker mover([&] { EXPECT_TRUE(bank.transfer(first.from, first.to, 1)); });
  mover.wait_until_blocked();
  Worker counter([&] { sum = bank.total(); });
  counter.wait_until_blocked();
  EXPECT_TRUE(transfer.finish());
  mover.join();
  counter.join();
  EXPECT_EQ(sum, 500);
}

}  // namespace

TEST(Order, OppositeTransfersBothReturn) {
  queue_up({0, 4}, {{0, 1}, {1, 0}});
  queue_up({1, 4}, {{1, 0}, {0, 1}});
}

TEST(Order, OppositeTransfersTheOtherWayRoundBothReturn) {
  queue_up({0, 4}, {{1, 0}, {0, 1}});
  queue_up({1, 4}, {{0, 1}, {1, 0}});
}

TEST(Order, TransfersInACircleAllReturn) { queue_up({0, 4}, {{0, 1}, {2, 0}, {1, 2}}); }

TEST(Order, TransfersInACircleTheOtherWayRoundAllReturn) { queue_up({0, 4}, {{1, 0}, {0, 2}, {2, 1}}); }

TEST(Order, TotalAndATransferBothReturn) {
  queue_up_before_total({2, 4}, {2, 0});
  queue_up_before_total({2, 0}, {2, 4});
}

TEST(Order, TotalAndATransferTheOtherWayRoundBothReturn) {
  queue_up_before_total({2, 4}, {0, 2});
  queue_up_before_total({2, 0}, {4, 2});
}

// A transfer is stopped anywhere, perhaps with one of its two locks. Another one comes, in the opposite direction, and waits or does not.
TEST(Order, ATransferThatIsStoppedAnywhereLocksNobodyOutForEver) {
  constexpr std::int64_t plenty = 1'000'000'000'000;
  Bank bank({plenty, plenty});
  StoppedAnywhere there([&] { bank.transfer(0, 1, 1); });
  for (int round = 0; has_time_for(round, 60); ++round) {
    there.stop(round);
    Worker back([&] { EXPECT_TRUE(bank.transfer(1, 0, 1)); });
    back.wait_until_blocked();
    there.finish_call();
    back.join();
  }
}

TEST(Order, ATotalThatIsStoppedAnywhereLocksNobodyOutForEver) {
  Bank bank(Money(4, 1000));
  StoppedAnywhere counter([&] { bank.total(); });
  for (int round = 0; has_time_for(round, 40); ++round) {
    counter.stop(round);
    Worker mover([&] { EXPECT_TRUE(round % 2 == 0 ? bank.transfer(0, 3, 1) : bank.transfer(3, 0, 1)); });
    mover.wait_until_blocked();
    counter.finish_call();
    mover.join();
  }
}

TEST(Order, ManyInTheSameAccountsAllReturn) {
  constexpr int transfers = 40'000;
  const Money opening(3, transfers);
  Bank bank(opening);
  const auto move = [&](std::size_t from, std::size_t to) {
    for (int i = 0; i < transfers; ++i) EXPECT_TRUE(bank.transfer(from, to, 1));
  };
  together({[&] { move(0, 1); }, [&] { move(1, 0); }});
  together({[&] { move(0, 1); }, [&] { move(1, 2); }, [&] { move(2, 0); }});
  for (std::size_t account = 0; account < 3; ++account) EXPECT_EQ(bank.balance(account), transfers);
}
