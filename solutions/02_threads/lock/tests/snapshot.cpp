// What total may say while others move money. Whether it waits for a transfer that is under way or not is not looked at: what it says must be
// what all accounts held together at one moment. Transfers that run at the same time as total go from lower accounts to higher ones: deadlocks
// are for other tests to find.
#include <atomic>
#include <functional>
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

}  // namespace

// The money of the transfer that is under way belongs to one of its accounts at any moment.
TEST(Snapshot, CountsATransferThatIsUnderWay) {
  for (const bool is_refused : {false, true}) {
    Gate gate(1, 0);
    if (is_refused) gate.refuse_when_opened();
    Bank bank({10, 20, 30}, std::ref(gate));
    Held transfer(gate, bank, 15);
    std::int64_t sum = 0;
    Worker counter([&] { sum = bank.total(); });
    counter.wait_until_blocked();
    if (is_refused)
      EXPECT_THROW(transfer.finish(), Gate::Refused);
    else
      EXPECT_TRUE(transfer.finish());
    counter.join();
    EXPECT_EQ(sum, 60);
    EXPECT_EQ(bank.total(), 60);
  }
}

// Total comes to an account that is locked while it may have seen others already. Meanwhile money moves between the first and the last account.
TEST(Snapshot, CountsNoMoneyTwice) {
  Gate gate(2, 3);
  Bank bank(Money(5, 100), std::ref(gate));
  Held transfer(gate, bank, 1);
  std::int64_t sum = 0;
  Worker counter([&] { sum = bank.total(); });
  counter.wait_until_blocked();
  Worker mover([&] { EXPECT_TRUE(bank.transfer(0, 4, 70)); });
  mover.wait_until_blocked();
  EXPECT_TRUE(transfer.finish());
  counter.join();
  mover.join();
  EXPECT_EQ(sum, 500);
}

// One thread makes a deposit, and when it is made another one. Who has seen the second has seen the first.
TEST(Snapshot, SeesDepositsInTheirOrder) {
  for (const Pair deposits : {Pair{0, 4}, Pair{4, 0}}) {
    Gate gate(2, 3);
    Bank bank(Money(5, 100), std::ref(gate));
    Held transfer(gate, bank, 1);
    std::int64_t sum = 0;
    Worker counter([&] { sum = bank.total(); });
    counter.wait_until_blocked();
    Worker giver([&] {
      bank.deposit(deposits.from, 1);
      bank.deposit(deposits.to, 10);
    });
    giver.wait_until_blocked();
    EXPECT_TRUE(transfer.finish());
    counter.join();
    giver.join();
    EXPECT_TRUE(sum == 500 || sum == 501 || sum == 511) << "total was " << sum << ": with the second deposit of 10 but not with the first of 1";
  }
}

// The sum over many accounts is stopped anywhere, while money moves from the first account to the last.
TEST(Snapshot, TotalMayBeStoppedAnywhere) {
  constexpr std::size_t accounts = 500;
  constexpr std::int64_t money = 1000;
  Bank bank(Money(accounts, money));
  std::atomic<int> wrong{0};
  StoppedAnywhere counter([&] {
    if (bank.total() != money * static_cast<std::int64_t>(accounts)) ++wrong;
  });
  for (int round = 0; has_time_for(round, 20) && wrong == 0; ++round) {
    counter.stop(round);
    Worker mover([&] { EXPECT_TRUE(bank.transfer(0, accounts - 1, 1)); });
    mover.wait_until_blocked();
    counter.finish_call();
    mover.join();
  }
  EXPECT_EQ(wrong, 0) << "a total differed although money was only moved";
}

TEST(Snapshot, ATransferMayBeStoppedAnywhere) {
  constexpr std::int64_t plenty = 1'000'000'000'000;
  Bank bank({plenty, plenty});
  StoppedAnywhere mover([&] { bank.transfer(0, 1, 1); });
  for (int round = 0; has_time_for(round, 40); ++round) {
    std::int64_t sum = 0;
    mover.stop(round);
    Worker counter([&] { sum = bank.total(); });
    counter.wait_until_blocked();
    mover.finish_call();
    counter.join();
    ASSERT_EQ(sum, 2 * plenty) << "a transfer was seen half";
  }
}

TEST(Snapshot, StaysTheSameInTheMiddleOfTraffic) {
  constexpr int transfers = 50'000;
  constexpr std::int64_t money = 1'000'000;
  Bank bank(Money(4, money));
  std::atomic<int> moving{2};
  std::vector<int> wrong(2, 0);
  const auto move = [&](std::size_t from, std::size_t to) {
    for (std::int64_t i = 0; i < transfers; ++i) EXPECT_TRUE(bank.transfer(from, to, i % 7));
    --moving;
  };
  const auto count = [&](int& mistakes) {
    for (int looks = 0; looks < transfers && mistakes == 0; ++looks) {
      if (bank.total() != 4 * money) ++mistakes;
      if (moving == 0) return;
    }
  };
  together({[&] { move(0, 2); }, [&] { move(1, 3); }, [&] { count(wrong[0]); }, [&] { count(wrong[1]); }});
  EXPECT_EQ(wrong, std::vector<int>({0, 0})) << "a total differed although money was only moved";
  EXPECT_EQ(bank.total(), 4 * money);
}
