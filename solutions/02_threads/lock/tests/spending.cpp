// Money that two threads want, and money that only seems to be there. Answers must fit to some order of the calls.
#include <atomic>
#include <functional>
#include <vector>

#include "bank.hpp"
#include "harness/inside/testkit/testkit.hpp"
#include "stopped_anywhere.hpp"
#include "tests/gate.hpp"

using lockstep::testkit::Worker;
using pdc::Bank;
using Money = std::vector<std::int64_t>;

namespace {

struct Pair {
  std::size_t from, to;
};

Money balances(const Bank& bank, std::size_t accounts) {
  Money all;
  for (std::size_t account = 0; account < accounts; ++account) all.push_back(bank.balance(account));
  return all;
}

}  // namespace

// A transfer that has to wait for the other account may have looked at the balance already. Meanwhile the money is taken.
TEST(Spending, LooksAtTheBalanceWhenItHoldsTheLocks) {
  for (const Pair pair : {Pair{0, 1}, Pair{1, 0}}) {
    Gate gate(pair.to, 2);
    Bank bank({100, 100, 100}, std::ref(gate));
    Held transfer(gate, bank, 1);
    int moved = 0, taken = 0;
    Worker mover([&] { moved = bank.transfer(pair.from, pair.to, 60); });
    mover.wait_until_blocked();
    Worker taker([&] { taken = bank.withdraw(pair.from, 60); });
    taker.wait_until_blocked();
    EXPECT_TRUE(transfer.finish());
    mover.join();
    taker.join();
    EXPECT_EQ(moved + taken, 1) << "of 100, 60 were to be moved and 60 to be withdrawn: one of the two must be refused";
    EXPECT_EQ(bank.balance(pair.from), 40);
  }
}

// There is one coin. Somebody takes it and pays it in again, and is stopped anywhere; perhaps when it has seen the coin and not taken it yet.
// Meanwhile another one takes it.
TEST(Spending, AWithdrawalMayBeStoppedAnywhere) {
  Bank bank({1});
  std::atomic<bool> is_gone{false};
  std::atomic<int> taken_twice{0};
  StoppedAnywhere first([&] {
    if (!bank.withdraw(0, 1)) return;
    if (is_gone) ++taken_twice;
    bank.deposit(0, 1);
  });
  for (int round = 0; has_time_for(round, 80) && taken_twice == 0; ++round) {
    first.stop(round);
    Worker second([&] {
      if (bank.withdraw(0, 1)) is_gone = true;
    });
    second.wait_until_blocked();
    first.finish_call();
    second.join();
    if (!is_gone) continue;
    is_gone = false;
    bank.deposit(0, 1);
  }
  EXPECT_EQ(taken_twice, 0) << "two threads withdrew the only coin";
}

// There is one coin. Who has withdrawn it is alone until it has been paid in again.
// The same with transfers: the coin is in account 0, and each of the two has an account of his own.
TEST(Spending, ATransferMayBeStoppedAnywhere) {
  Bank bank({1, 0, 0});
  std::atomic<bool> is_gone{false};
  std::atomic<int> taken_twice{0};
  StoppedAnywhere first([&] {
    if (!bank.transfer(0, 1, 1)) return;
    if (is_gone) ++taken_twice;
    bank.transfer(1, 0, 1);
  });
  for (int round = 0; has_time_for(round, 80) && taken_twice == 0; ++round) {
    first.stop(round);
    Worker second([&] {
      if (bank.transfer(0, 2, 1)) is_gone = true;
    });
    second.wait_until_blocked();
    first.finish_call();
    second.join();
    if (!is_gone) continue;
    is_gone = false;
    bank.transfer(2, 0, 1);
  }
  EXPECT_EQ(taken_twice, 0) << "two threads moved the only coin";
}

// An audit that refuses its transfer in the end: to everybody else the transfer has never been.
TEST(Spending, NobodyGetsTheMoneyOfATransferThatFails) {
  Gate gate(0, 1);
  gate.refuse_when_opened();
  Bank bank({100, 0, 0}, std::ref(gate));
  Held transfer(gate, bank, 100);
  int withdrawn = 0, moved = 0;
  Worker withdrawer([&] { withdrawn = bank.withdraw(1, 50); });
  withdrawer.wait_until_blocked();
  Worker mover([&] { moved = bank.transfer(1, 2, 50); });
  mover.wait_until_blocked();
  EXPECT_THROW(transfer.finish(), Gate::Refused);
  withdrawer.join();
  mover.join();
  EXPECT_FALSE(withdrawn) << "money was withdrawn that never came";
  EXPECT_FALSE(moved) << "money was moved that never came";
  EXPECT_EQ(balances(bank, 3), Money({100, 0, 0}));
}

TEST(Spending, NobodyMissesTheMoneyOfATransferThatFails) {
  Gate gate(0, 1);
  gate.refuse_when_opened();
  Bank bank({100, 0, 0}, std::ref(gate));
  Held transfer(gate, bank, 100);
  int withdrawn = 0, moved = 0;
  Worker withdrawer([&] { withdrawn = bank.withdraw(0, 50); });
  withdrawer.wait_until_blocked();
  Worker mover([&] { moved = bank.transfer(0, 2, 50); });
  mover.wait_until_blocked();
  EXPECT_THROW(transfer.finish(), Gate::Refused);
  withdrawer.join();
  mover.join();
  EXPECT_TRUE(withdrawn) << "a withdrawal was refused because of a transfer that never was";
  EXPECT_TRUE(moved) << "a transfer was refused because of a transfer that never was";
  EXPECT_EQ(balances(bank, 3), Money({0, 0, 50}));
}
